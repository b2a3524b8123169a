import DatasetDescriptions
import Experiments
import Specifications
import Testing
import Workflow

@Suite("The progress of a job")
struct WorkProgressTests {
  private let start = ContinuousClock.now
  private let sample = FunctionSampleSpec(
    network: NetworkSpec(kind: .fcn, hidden: [4], biasStandardDeviation: 0.1), variables: 3, samples: 100,
    kept: 5, seed: 1)
  private let training = WorkClass(kind: "training", size: 1)
  private let measuring = WorkClass(kind: "measuring", size: 1)

  private func at(_ seconds: Double) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

  private func spec(_ sample: Int) -> TrainingSpec {
    TrainingSpec(
      dataset: DatasetSpec(
        name: .mnist, task: .digits0to4Versus5to9, train: 60, attackPool: 60, test: 100),
      network: NetworkSpec(kind: .fcn, hidden: [40, 40], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 32), attackSize: 0, sample: sample,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 5), seed: 1)
  }

  /// A run of a training of 10 s and a measurement of 20 s.
  private func run(_ sample: Int) -> WorkEstimate.Piece {
    .run(
      spec(sample),
      [
        PartCost(part: .training, cost: WorkCost(training, counted: 10)),
        PartCost(part: .measurement("m"), cost: WorkCost(measuring, counted: 20)),
      ])
  }

  private func estimate(_ phases: [WorkEstimate.Phase]) -> WorkEstimate {
    var estimate = WorkEstimate()
    for phase in phases { estimate.append(phase, stage: 0) }
    return estimate
  }

  private func progress(_ phases: [WorkEstimate.Phase]) -> WorkProgress {
    WorkProgress(estimate(phases), now: start)
  }

  private func isNear(_ value: Double, _ expected: Double) -> Bool { abs(value - expected) < 1e-9 }

  @Test("nothing to do leaves no time")
  func empty() {
    let progress = WorkProgress(WorkEstimate())
    #expect(!progress.hasWork && progress.secondsLeft() == 0 && progress.total == 0)
  }

  @Test("runs side by side take as long as their sum on all cores, but never less than the longest")
  func sideBySide() {
    #expect(isNear(progress([.init([run(0), run(1), run(2)], atOnce: 2)]).secondsLeft(now: start), 45))
    #expect(isNear(progress([.init([run(0)], atOnce: 2)]).secondsLeft(now: start), 30))
    let phases: [WorkEstimate.Phase] = [.init([run(0), run(1)], atOnce: 2), .init([run(2)])]
    #expect(isNear(progress(phases).secondsLeft(now: start), 60))
    #expect(isNear(estimate(phases).seconds, 60))
  }

  @Test("a part under way leaves what it has not taken yet, or the rest of its share where that is known")
  func underWay() {
    var progress = progress([.init([run(0)])])
    progress.record(.preparing(runs: [spec(0)]), now: start)
    progress.record(.started(spec(0)), now: start)
    progress.record(.advanced(spec(0), .training, share: 0), now: start)
    #expect(isNear(progress.secondsLeft(now: at(4)), 6 + 20))
    // Half of it took 8 s: expected are then half of the 10 s and half of the 16 s.
    progress.record(.advanced(spec(0), .training, share: 0.5), now: at(8))
    #expect(isNear(progress.secondsLeft(now: at(8)), 0.5 * (0.5 * 10 + 8) + 20))
    #expect(isNear(progress.share(now: at(8)), 8 / (8 + 26.5)))
  }

  @Test("what the first of a class takes corrects what is expected of the others, and a little of all work")
  func corrections() {
    var progress = progress([.init([run(0), run(1)])])
    progress.record(.preparing(runs: [spec(0), spec(1)]), now: start)
    progress.record(.started(spec(0)), now: start)
    progress.record(.advanced(spec(0), .training, share: 0), now: start)
    progress.record(.advanced(spec(0), .measurement("m"), share: 0), now: at(30))
    // Trainings take three times as long: 10 s more were expected than one second of trust allows to forget.
    let common = (10 + 30) / (10 + 10.0)
    let ofTraining = (common + 30) / (1 + 10)
    #expect(isNear(progress.secondsLeft(now: at(30)), 20 * common + 10 * ofTraining + 20 * common))
    progress.record(.finished(spec(0), Self.result, seconds: 50), now: at(50))
    #expect(progress.finished == 1 && progress.total == 2)
    #expect(progress.secondsLeft(now: at(50)) < 10 * ofTraining + 20 * common)
    // Kept for the next call: seconds counted and taken.
    var history = CostHistory()
    history.add(training, counted: 10, taken: 30)
    history.add(measuring, counted: 20, taken: 20)
    #expect(progress.history == history)
  }

  @Test("parts that do not come, as of a training that fails, are not waited for")
  func skippedParts() {
    var progress = progress([.init([run(0), run(1)])])
    progress.record(.preparing(runs: [spec(0), spec(1)]), now: start)
    progress.record(.advanced(spec(0), .measurement("m"), share: 0), now: start)
    #expect(isNear(progress.secondsLeft(now: start), 20 + 30))
    progress.record(.finished(spec(0), Self.result, seconds: 20), now: at(20))
    #expect(isNear(progress.secondsLeft(now: at(20)), 30))
  }

  @Test("a part that resumes from a checkpoint says nothing of what whole ones take")
  func resumedTraining() {
    var progress = progress([.init([run(0), run(1)])])
    progress.record(.preparing(runs: [spec(0), spec(1)]), now: start)
    progress.record(.checkpoint(spec(0), .resumed(from: "epoch 3")), now: start)
    progress.record(.advanced(spec(0), .training, share: 0), now: start)
    progress.record(.advanced(spec(0), .measurement("m"), share: 0), now: at(1))
    #expect(isNear(progress.secondsLeft(now: at(1)), 20 + 30))
  }

  @Test("a training is as far as its epochs, of those that are expected or of a fifth more than it has taken")
  func epochs() {
    func run(_ sample: Int) -> WorkEstimate.Piece {
      .run(spec(sample), [PartCost(part: .training, cost: WorkCost(training, counted: 10), epochs: 100)])
    }
    var progress = progress([.init([run(0)])])
    progress.record(.preparing(runs: [spec(0)]), now: start)
    progress.record(.advanced(spec(0), .training, share: 0), now: start)
    progress.record(.trained(spec(0), epochs: 20, accuracy: 0.9), now: at(4))
    // A fifth is done in 4 s: 16 s are left by that, and 8 of the 10 that were expected.
    #expect(isNear(progress.secondsLeft(now: at(4)), 0.2 * 16 + 0.8 * 8))
    progress.record(.trained(spec(0), epochs: 300, accuracy: 0.9), now: at(60))
    #expect(isNear(progress.secondsLeft(now: at(60)), (5 * 12 + 10.0 / 6) / 6))

    // Of one that resumes at epoch 50, the half that is left takes 5 s; two in five of those 50 were done in 3.
    progress = self.progress([.init([run(0)])])
    progress.record(.preparing(runs: [spec(0)]), now: start)
    progress.record(.checkpoint(spec(0), .resumed(from: "epoch 50")), now: start)
    progress.record(.advanced(spec(0), .training, share: 0), now: start)
    progress.record(.trained(spec(0), epochs: 50, accuracy: 0.9), now: at(1))
    #expect(isNear(progress.secondsLeft(now: at(1)), 4))
    progress.record(.trained(spec(0), epochs: 70, accuracy: 0.9), now: at(3))
    #expect(isNear(progress.secondsLeft(now: at(3)), 0.6 * (0.6 * 5 + 3)))
  }

  @Test("a run of two stages is finished with the second one; runs that are not to be done are not counted")
  func stages() {
    var estimate = WorkEstimate()
    estimate.append(.init([run(0), run(1)]), stage: 0)
    estimate.append(.init([.report(WorkCost(WorkClass(kind: "report", size: 1), counted: 3))]), stage: 0)
    estimate.append(.init([run(0)]), stage: 1)
    var progress = WorkProgress(estimate, now: start)
    #expect(progress.total == 2 && isNear(progress.secondsLeft(now: start), 93))
    // The function that run 1 would have been trained to was not found.
    progress.record(.preparing(runs: [spec(0)]), now: start)
    #expect(progress.total == 1 && isNear(progress.secondsLeft(now: start), 63))
    progress.record(.started(spec(0)), now: start)
    progress.record(.finished(spec(0), Self.result, seconds: 0), now: start)
    #expect(progress.finished == 0 && isNear(progress.secondsLeft(now: start), 33))
    progress.recordWriting(now: start)
    #expect(progress.isWriting && isNear(progress.secondsLeft(now: at(1)), 32))
    progress.recordWritten(now: at(3))
    progress.record(.preparing(runs: [spec(0)]), now: at(3))
    progress.record(.finished(spec(0), Self.result, seconds: 30), now: at(33))
    #expect(progress.finished == 1 && !progress.isWriting && progress.secondsLeft(now: at(33)) == 0)
  }

  @Test("what an earlier call had drawn of a sample counts neither as done nor as left")
  func resumedSample() {
    var progress = progress([.init([.sample(sample, WorkCost(measuring, counted: 10))])])
    #expect(progress.hasWork && isNear(progress.secondsLeft(now: start), 10))
    progress.record(.sampling(sample, drawn: 60), now: start)
    #expect(isNear(progress.secondsLeft(now: start), 4))
    progress.record(.sampling(sample, drawn: 80), now: at(2))
    #expect(isNear(progress.secondsLeft(now: at(2)), 2))
    // Workers report in any order.
    progress.record(.sampling(sample, drawn: 70), now: at(2))
    #expect(progress.sample?.drawn == 80)
    progress.record(.sampled(sample), now: at(4))
    #expect(progress.sample == nil && progress.secondsLeft(now: at(4)) == 0)
  }

  private static let result = TrainingResult(
    status: .converged, epochs: 3, lossOnTrain: 0.1, trainAccuracy: 1, attackAccuracy: nil, testAccuracy: 0.5,
    function: "01", parameterNorm: 1)
}
