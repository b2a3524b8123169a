import FunctionPriors
import LinearAlgebra
import Planning
import Specifications
import Testing

@testable import Experiments

@Suite("Marginal likelihoods in runs") struct MarginalLikelihoodRunTests {
  private let asked = SmallRuns.priorSettings.map { MeasurementSpec.atZeroError(.marginalLikelihood($0)) }

  @Test(
    "every run on one S has the prior of the labels of S alone, whatever its attack set, also of its sample")
  func runs() async throws {
    let records = try await SmallRuns.executeAfresh(SmallRuns.plan(measurements: asked))
    #expect(records.count == 2)
    let train = try SmallRuns.data()[#require(records.first).spec].split.training
    // The same without E.
    let kernel = try CovarianceKernel(NNGPKernel().matrix(train.inputs))
    for (settings, spec) in zip(SmallRuns.priorSettings, asked) {
      let method = ExpectationPropagation(likelihood: Likelihood(settings.likelihood))
      let expected = try method.logProbability(of: train.labels, kernel: kernel)
      for record in records {
        let found = try #require(record.results.measurements[spec.identity])
        #expect(found.kind == .marginalLikelihood)
        #expect(abs(try #require(found.number) - expected.logProbabilityInNats) < 1e-6)
      }
      #expect(spec.identity.hasPrefix("marginal-likelihood/\(settings.likelihood.rawValue)/"))
    }
    let results = records.map { record in asked.map { record.results.measurements[$0.identity] } }
    #expect(results[0] == results[1])
  }

  @Test("labels of independent points have probability 2⁻ⁿ, and a kernel that cannot be used is a reason")
  func values() throws {
    let labels = (0..<12).map { UInt8($0 % 2) }
    var kernel = Matrix<Double>(rows: 12, columns: 12)
    for i in 0..<12 { kernel[i, i] = 0.5 + Double(i) }
    for likelihood in PriorSettings.Likelihood.allCases {
      let found = MarginalLikelihood.measure(
        of: labels, kernel: try CovarianceKernel(kernel), likelihood)
      #expect(abs(try #require(found.number) + 12 * 0.6931471805599453) < 1e-9)
      let wrong = MarginalLikelihood.measure(
        of: [0, 1], kernel: try CovarianceKernel(kernel), likelihood)
      guard case .failed(let reason) = wrong else {
        Issue.record("expected a failure, got \(wrong)")
        continue
      }
      #expect(reason.contains("12"))
    }
  }
}
