import Foundation
import Planning
import RunStorage
import Testing

@testable import Experiments

/// Two small runs against stored numbers. A change of numerics under an unchanged revision would let results
/// of two methods share one key in every store; these tests are what notices.
///
/// After `MethodRevision` was raised on purpose, and only then, `PLATEAU_RENEW_GOLDEN=1 swift test --filter
/// GoldenRuns` writes the numbers anew.
@Suite("Golden runs")
struct GoldenRunsTests {
  private static let isRenewal = ProcessInfo.processInfo.environment["PLATEAU_RENEW_GOLDEN"] != nil

  private func records() async throws -> [RunRecord] {
    try await SmallRuns.execute(SmallRuns.plan(), in: TemporaryFolder().store)
  }

  @Test("two small runs give the stored numbers as long as the revisions stay")
  func numbers() async throws {
    let records = try await records()
    if Self.isRenewal { try GoldenRuns(records).store() }
    let golden = try Self.isRenewal ? GoldenRuns(records) : GoldenRuns.stored()
    #expect(
      golden.revisions == GoldenRuns.Revisions(),
      "a revision was raised: renew the golden runs, and say in CHANGELOG.md which numbers changed")
    #expect(records.map(\.key) == golden.runs.map(\.key))
    #expect(records.allSatisfy { $0.dataDigest == golden.dataDigest })
    for (record, stored) in zip(records, golden.runs) {
      compare(record.results.training, stored.results.training)
      #expect(Set(record.results.measurements.keys) == Set(stored.results.measurements.keys))
      for (identity, expected) in stored.results.measurements {
        compare(record.results.measurements[identity], expected, identity)
      }
    }
  }

  /// Eight epochs are at most 24 steps in Float32 (2⁻²⁴ = 6e-8), and other BLAS kernels add in another order.
  /// Between those that OPENBLAS_CORETYPE names Prescott, Nehalem, Sandybridge, Haswell, Zen and SkylakeX,
  /// the loss moved by at most 5e-8 of itself, the norm by 6e-10, and no bit of f changed. The tolerances are
  /// some twenty times and a hundred times that.
  private func compare(_ found: TrainingResult, _ stored: TrainingResult) {
    #expect(found.status == stored.status)
    #expect(found.epochs == stored.epochs)
    #expect(found.function == stored.function)
    #expect(found.trainAccuracy == stored.trainAccuracy)
    #expect(found.attackAccuracy == stored.attackAccuracy)
    #expect(found.testAccuracy == stored.testAccuracy)
    expect(found.lossOnTrain, near: stored.lossOnTrain, relative: 1e-6)
    expect(found.parameterNorm, near: stored.parameterNorm, relative: 6e-8)
  }

  /// The sharpness is a difference of two losses that agree to 5e-3 of themselves, so that a rounding counts
  /// some hundredfold in it: between the same kernels it moved by 2e-5. The prior is Float64 and moved by
  /// 2e-14; a sweep more or less, where the stopping rule is just met, changes it by 1e-7 nats of some 70.
  private func compare(_ found: MeasurementResult?, _ stored: MeasurementResult, _ identity: String) {
    switch (found, stored) {
    case (.sharpness(let found), .sharpness(let stored)):
      #expect(found.epochs == stored.epochs)
      expect(found.loss, near: stored.loss, relative: 1e-6)
      expect(found.maximumLoss, near: stored.maximumLoss, relative: 1e-6)
      expect(found.sharpness, near: stored.sharpness, relative: 2e-4)
    case (.prior(let found), .prior(let stored)):
      #expect(found.n == stored.n)
      #expect(found.converged && stored.converged)
      #expect(found.damping == stored.damping)
      expect(found.logProbabilityInNats, near: stored.logProbabilityInNats, relative: 1e-8)
    default: Issue.record("\(identity) is not what was stored")
    }
  }

  private func expect(
    _ found: Double?, near stored: Double?, relative: Double, location: SourceLocation = #_sourceLocation
  ) {
    guard let found, let stored else {
      Issue.record(
        "expected \(String(describing: stored)), got \(String(describing: found))", sourceLocation: location)
      return
    }
    #expect(abs(found - stored) <= relative * abs(stored), "\(found) for \(stored)", sourceLocation: location)
  }
}
