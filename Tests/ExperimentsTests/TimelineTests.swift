import Encodings
import Foundation
import FunctionPriors
import NeuralNetworks
import Planning
import RunStorage
import Specifications
import Testing

@testable import Experiments

/// Trainings followed past zero error, against the same trainings done plainly.
@Suite("After zero error")
struct TimelineTests {
  private static let rescaling = RescalingSettings(layer: 1, alpha: 5.9, epochsPast: 4)
  private static let settings = TimelineSettings(
    epochsPast: 7, every: 3, rescaling: rescaling, measurements: SmallRuns.followed)

  private func execute(
    _ measurements: [MeasurementSpec], jobs: Int = 1, epochs: Int = 400,
    optimiser: OptimiserSpec = OptimiserSpec(rule: .sgd, learningRate: 0.05, batch: 16)
  ) async throws -> RunRecord {
    let plan = SmallRuns.plan(
      attackSizes: [0], epochs: epochs, optimiser: optimiser, measurements: measurements)
    return try #require(
      try await SmallRuns.executeAfresh(plan, jobs: jobs).first)
  }

  private func timeline(_ record: RunRecord, _ settings: TimelineSettings = settings) throws -> TimelineResult
  {
    let found = record.results.measurements[MeasurementSpec.timeline(settings).identity]
    guard case .timeline(let result) = found else { throw Missing(found: found) }
    return result
  }

  private struct Missing: Error { let found: MeasurementResult? }

  @Test("a later measurement is that of a training with as many epochs, and the run itself stays")
  func later() async throws {
    let record = try await execute(
      [SmallRuns.sharpness]
        + [2, 5].flatMap { past in
          [.state(epochsPast: past), .network(SmallRuns.ascent, .after(epochs: past))]
        })
    let plain = try await execute([SmallRuns.sharpness])
    #expect(record.results.training == plain.results.training)
    let sharpness = SmallRuns.sharpness.identity
    #expect(record.results.measurements[sharpness] == plain.results.measurements[sharpness])

    let context = RunContext(
      record.spec, split: try SmallRuns.data()[SmallRuns.plan().runs[0].training].split)
    let session = try SmallRuns.family.session(context, resuming: nil)
    for past in [2, 5] {
      while session.epoch < record.results.training.epochs + past { session.advance() }
      let identity = MeasurementSpec.state(epochsPast: past).identity
      let expected = context.state(
        of: session, status: session.hasZeroError ? .converged : .notConverged,
        outputs: try SmallRuns.family.outputs(session.network, context),
        parameterNorm: session.network.parameterNorm)
      #expect(record.results.measurements[identity] == .state(expected))
      let measuring = NetworkMeasurement(
        context: context, kernels: try KernelCatalogue(runs: [], data: SmallRuns.data()),
        isCancelled: { false })
      let network = session.network
      let measured = try measuring.measure(
        SmallRuns.ascent, on: network, function: context.function(of: network),
        workspaces: PriorWorkspaces())
      #expect(
        record.results.measurements[MeasurementSpec.network(SmallRuns.ascent, .after(epochs: past)).identity]
          == measured)
    }
  }

  @Test("without zero error there is nothing past it, and the reason is kept")
  func neverConverged() async throws {
    let spec = MeasurementSpec.network(SmallRuns.ascent, .after(epochs: 3))
    let record = try await execute([spec], epochs: 1)
    #expect(record.results.training.status == .notConverged)
    guard case .failed(let reason) = record.results.measurements[spec.identity] else {
      Issue.record("expected a failed measurement")
      return
    }
    #expect(reason.contains("zero error"))
  }

  @Test("a timeline holds every third epoch, zero error, both sides of the rescaling, and the end")
  func points() async throws {
    let record = try await execute([.timeline(Self.settings)])
    let found = try timeline(record)
    let zero = record.results.training.epochs
    #expect(found.zeroErrorEpoch == zero)
    let inside = (0..<zero + 7).filter { $0 % 3 == 0 || $0 == zero || $0 == zero + 4 } + [zero + 7]
    let index = try #require(inside.firstIndex(of: zero + 4))
    #expect(found.epochs == Array(inside[...index]) + [zero + 4] + Array(inside[(index + 1)...]))
    #expect(found.rescalingIndex == index + 1)
    #expect(found.failures.isEmpty)
    for values in found.values.values { #expect(values.count == found.epochs.count) }
    #expect(found.lossOnTrain.count == found.epochs.count)
    #expect(found.changedOnTest[try #require(found.epochs.firstIndex(of: zero))] == 0)
  }

  @Test("at zero error the timeline has the run's own loss, sharpness and function")
  func zeroError() async throws {
    let record = try await execute([SmallRuns.sharpness, .timeline(Self.settings)])
    let found = try timeline(record)
    let point = try #require(found.epochs.firstIndex(of: record.results.training.epochs))
    #expect(found.lossOnTrain[point] == record.results.training.lossOnTrain)
    let identity = SmallRuns.sharpness.identity
    guard case .sharpness(let sharpness) = record.results.measurements[identity] else {
      Issue.record("expected a sharpness")
      return
    }
    #expect(found.values[identity]?[point] == sharpness.sharpness)
    let text = Array(record.results.training.function.utf8)
    #expect(found.function[point] == String(SHA256.hex(of: text).prefix(16)))
  }

  @Test("the rescaling keeps f and the prior bit for bit, the loss to rounding, and moves the sharpness")
  func rescaling() async throws {
    let found = try timeline(try await execute([.timeline(Self.settings)]))
    let after = try #require(found.rescalingIndex)
    #expect(found.function[after] == found.function[after - 1])
    for prior in SmallRuns.priors {
      let values = try #require(found.values[prior.identity])
      #expect(values[after] == values[after - 1])
    }
    let (one, other) = (try #require(found.lossOnTrain[after]), try #require(found.lossOnTrain[after - 1]))
    // Float32 logits of order 5, each a few roundings of 6e-8 off, in a loss of order 0.1.
    #expect(abs(one - other) < 1e-5)
    let values = try #require(found.values[SmallRuns.sharpness.identity])
    #expect(try #require(values[after]) > 2 * (try #require(values[after - 1])))
  }

  @Test("a prior started from its neighbour's sites is that of a fresh start")
  func warmStart() async throws {
    let record = try await execute([.timeline(Self.settings)])
    let found = try timeline(record)
    let data = try SmallRuns.data()
    let context = RunContext(record.spec, split: data[record.spec].split)
    let plan = SmallRuns.plan(attackSizes: [0])
    let kernels = try KernelCatalogue(runs: plan.runs, data: data)
    let session = try SmallRuns.family.session(context, resuming: nil)
    let workspaces = PriorWorkspaces()
    let measuring = NetworkMeasurement(context: context, kernels: kernels, isCancelled: { false })
    for (point, epoch) in found.epochs.enumerated() where epoch <= record.results.training.epochs {
      while session.epoch < epoch { session.advance() }
      for settings in SmallRuns.priorSettings {
        let fresh = try measuring.prior(
          settings, context.function(of: session.network), start: nil, workspaces: workspaces)
        let value = try #require(found.values[MeasurementSpec.atZeroError(.prior(settings)).identity]?[point])
        // Each is within the tolerance of 1e-6 nats of the limit, as the sweeps estimate it; ten times that.
        #expect(abs(value - fresh.logProbabilityInNats) < 1e-5)
      }
    }
  }

  @Test("the number of workers changes no bit")
  func workers() async throws {
    let one = try await execute([.timeline(Self.settings)], jobs: 1)
    let three = try await execute([.timeline(Self.settings)], jobs: 3)
    #expect(Facts(one) == Facts(three))
  }

  @Test(
    "every optimiser trains a run to zero error",
    arguments: [
      OptimiserSpec(rule: .sgd, learningRate: 0.1, batch: nil, batchOrder: .fixed),
      OptimiserSpec(
        rule: .momentum(momentum: 0.9), learningRate: 0.01, batch: 32),
      OptimiserSpec(
        rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 1e-3, batch: 32),
      OptimiserSpec(
        rule: .adagrad(initialAccumulator: 0.1), learningRate: 0.01, batch: 32),
      OptimiserSpec(
        rule: .rmsprop(decay: 0.9, epsilon: 1e-10), learningRate: 1e-3, batch: 32),
      OptimiserSpec(
        rule: .entropySGD(
          langevinSteps: 20, scope: 0.03, innerLearningRate: 0.1, thermalNoise: 1e-4, averaging: 0.75),
        learningRate: 1, batch: 32),
    ])
  func optimisers(_ optimiser: OptimiserSpec) async throws {
    let record = try await execute([], epochs: 2000, optimiser: optimiser)
    #expect(record.results.training.status == .converged)
    #expect(record.results.training.trainAccuracy == 1)
  }
}
