import Specifications
import TestSupport
import Testing

@testable import Experiments

@Suite("Priors by sampling in runs") struct SampledPriorRunTests {
  @Test("a run has both priors, which agree, and the one by sampling has its error and repeats")
  func runs() async throws {
    let sampled = SmallRuns.priorSettings.map { MeasurementSpec.atZeroError(.sampledPrior($0)) }
    let plan = SmallRuns.plan(attackSizes: [0], measurements: SmallRuns.priors + sampled)
    let records = try await SmallRuns.executeAfresh(plan)
    let results = try #require(records.first).results.measurements
    for (estimate, other) in zip(sampled, SmallRuns.priors) {
      guard case .estimate(.sampledPrior, let value, let error)? = results[estimate.identity],
        case .prior(let prior)? = results[other.identity]
      else {
        Issue.record("expected two priors, got \(results)")
        return
      }
      // Expectation propagation is some tenths of a nat low with the step, and all but exact with probit.
      #expect(error > 0 && error < 0.03 && abs(value - prior.logProbabilityInNats) < 1)
    }
    #expect(try await SmallRuns.executeAfresh(plan).first?.results == records.first?.results)
    #expect(
      MeasurementSpec.atZeroError(.sampledPrior(SmallRuns.priorSettings[0])).identity.hasPrefix(
        "prior-sampled/heaviside/"))
  }
}
