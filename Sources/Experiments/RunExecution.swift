import Datasets
import Flatness
import Foundation
import FunctionPriors
import LinearAlgebra
import NeuralNetworks
import Planning
import RandomStreams
import Training

/// Executes one run: trains the network, reads off its function, and measures what is asked for.
///
/// Every random number comes from the seed, the attack size and the sample, through named streams; so the
/// same run gives the same numbers whatever ran before it or beside it.
struct RunExecution {
  /// What a run gave, with the time each part took.
  struct Outcome {
    var result: RunResult
    var network: FullyConnectedNetwork
    var secondsOfTraining: Double
    var secondsByMeasurement: [String: Double]
  }
  let data: DataCatalogue
  let kernels: KernelCatalogue

  /// A measurement that fails is kept as failed, with its reason.
  ///
  /// - Throws: `TrainingError` or `FlatnessError` when cancelled.
  func execute(
    _ run: PlannedRun, workspaces: PriorWorkspaces, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Outcome {
    let spec = run.training
    let split = data[spec.dataset].split
    let key = RandomKey(seed: spec.seed).split("runs").split(spec.attackSize).split(spec.sample)
    let clock = ContinuousClock()

    var start = clock.now
    let set = split.trainingSet(attacked: Self.attacked(spec, key: key))
    let trained = try train(spec, on: set, split: split, key: key, isCancelled: isCancelled)
    let network = trained.network
    let training = describe(trained, on: set, split: split)
    let secondsOfTraining = start.duration(to: clock.now).seconds

    var result = RunResult(training: training, measurements: [:])
    var seconds: [String: Double] = [:]
    guard trained.status != .diverged else {
      return Outcome(
        result: result, network: network, secondsOfTraining: secondsOfTraining, secondsByMeasurement: [:])
    }
    for measurement in run.measurements {
      start = clock.now
      switch measurement {
      case .sharpness(let settings, let trace):
        result.measurements[measurement.identity] = try sharpness(
          settings, trace: trace, network, split, key: key, isCancelled: isCancelled)
      case .prior(let settings):
        result.measurements[measurement.identity] = prior(
          settings, spec, function: training.function, workspaces: workspaces)
      }
      seconds[measurement.identity] = start.duration(to: clock.now).seconds
    }
    return Outcome(
      result: result, network: network, secondsOfTraining: secondsOfTraining, secondsByMeasurement: seconds)
  }

  private func train(
    _ spec: TrainingSpec, on set: BinaryImages, split: AttackSetSplit, key: RandomKey,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> TrainedNetwork {
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: split.training.inputs.columns, hidden: spec.network.hidden),
      biasStandardDeviation: spec.network.biasStandardDeviation, key: key.split("initialisation"))
    let trainer = Trainer(
      optimiser: StochasticGradientDescent(learningRate: Float(spec.optimiser.learningRate)),
      batchSize: spec.optimiser.batch,
      batchOrder: spec.optimiser.batchOrder == .shuffled ? .shuffled : .fixed,
      maximumEpochs: spec.stop.epochs)
    return try trainer.train(
      network,
      on: TrainingSet(inputs: set.inputs, labels: set.labels, scoredCount: split.training.count),
      key: key.split("minibatches"), isCancelled: isCancelled)
  }

  /// Which images of the pool are attacked: a random subset of size |A|, in ascending order.
  static func attacked(_ spec: TrainingSpec, key: RandomKey) -> [Int] {
    var stream = RandomStream(key.split("attack-set"))
    return stream.nextPermutation(of: spec.dataset.attackPool).prefix(spec.attackSize).sorted()
  }

  private func describe(
    _ trained: TrainedNetwork, on set: BinaryImages, split: AttackSetSplit
  ) -> TrainingResult {
    let onTrain = trained.network.function(on: split.training.inputs)
    let onTest = trained.network.function(on: split.test.inputs)
    let onAttack = trained.network.function(on: set.inputs).dropFirst(split.training.count)
    let status: TrainingResult.Status =
      switch trained.status {
      case .converged: .converged
      case .notConverged: .notConverged
      case .diverged: .failed
      }
    let norm = trained.network.parameterNorm
    return TrainingResult(
      status: status, epochs: trained.epochs,
      lossOnTrain: trained.lossOnTrain.isFinite ? trained.lossOnTrain : nil,
      trainAccuracy: trained.trainAccuracy,
      attackAccuracy: onAttack.isEmpty
        ? nil : Self.accuracy(onAttack, set.labels.dropFirst(split.training.count)),
      testAccuracy: Self.accuracy(onTest[...], split.test.labels[...]),
      function: String(decoding: (onTrain + onTest).map { UInt8(ascii: "0") + $0 }, as: UTF8.self),
      parameterNorm: norm.isFinite ? norm : nil)
  }

  private static func accuracy(_ outputs: ArraySlice<UInt8>, _ labels: ArraySlice<UInt8>) -> Double {
    Double(zip(outputs, labels).filter { $0 == $1 }.count) / Double(labels.count)
  }

  private func sharpness(
    _ settings: SharpnessSettings, trace: Bool, _ network: FullyConnectedNetwork, _ split: AttackSetSplit,
    key: RandomKey, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> MeasurementResult {
    let ascent = SharpnessAscent(
      box: settings.box, batchSize: settings.batch, learningRate: settings.learningRate,
      epochs: settings.epochs)
    do {
      let estimate = try ascent.sharpness(
        of: network, inputs: split.training.inputs, labels: split.training.labels,
        key: key.split("sharpness"),
        keepsTrace: trace, isCancelled: isCancelled)
      return .sharpness(
        SharpnessResult(
          sharpness: estimate.sharpness, loss: estimate.loss, maximumLoss: estimate.maximumLoss,
          epochs: settings.epochs, trace: trace ? estimate.trace : nil))
    } catch {
      if case .cancelled = error { throw error }
      return .failed(reason: error.description)
    }
  }

  private func prior(
    _ settings: PriorSettings, _ spec: TrainingSpec, function: String, workspaces: PriorWorkspaces
  ) -> MeasurementResult {
    let inference = ExpectationPropagation(
      likelihood: settings.likelihood == .heaviside ? .heaviside : .probit)
    let kernel = kernels.kernel(spec, settings)
    do {
      let estimate = try inference.logProbability(
        of: function.utf8.map { $0 - UInt8(ascii: "0") }, kernel: kernel,
        workspace: workspaces.workspace(count: kernel.count))
      return .prior(
        PriorResult(
          logProbabilityInNats: estimate.logProbabilityInNats, n: estimate.n, sweeps: estimate.sweeps,
          lastChange: estimate.lastChange, converged: estimate.converged, damping: estimate.damping))
    } catch {
      // Kept with its reason; the other measurements and the other runs go on.
      return .failed(reason: error.description)
    }
  }
}
