import Experiments
import Specifications
import Testing
import Workflow

@Suite("The progress of a job")
struct WorkProgressTests {
  private let sample = FunctionSampleSpec(
    network: NetworkSpec(kind: .fcn, hidden: [4], biasStandardDeviation: 0.1), variables: 3, samples: 100,
    kept: 5, seed: 1)

  @Test("what an earlier call had drawn of a sample counts neither as done nor as left")
  func resumedSample() {
    var estimate = WorkEstimate()
    estimate.samples[sample] = 10
    var progress = WorkProgress(estimate)
    #expect(progress.hasWork && progress.share == 0)
    progress.record(.sampling(sample, drawn: 60))
    #expect(abs(progress.share) < 1e-12)
    progress.record(.sampling(sample, drawn: 80))
    #expect(abs(progress.share - 0.5) < 1e-12)
    // Workers report in any order.
    progress.record(.sampling(sample, drawn: 70))
    #expect(progress.sample?.drawn == 80)
    progress.record(.sampled(sample))
    #expect(progress.sample == nil && abs(progress.share - 1) < 1e-12)
  }

  @Test("nothing to do has a share of nothing")
  func empty() {
    let progress = WorkProgress(WorkEstimate())
    #expect(!progress.hasWork && progress.share == 0 && progress.total == 0)
  }
}
