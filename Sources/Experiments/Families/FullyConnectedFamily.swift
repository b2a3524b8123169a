import Datasets
import Flatness
import NeuralNetworks
import RunStorage
import Specifications
import Training

/// Fully connected networks: every measure, and timelines.
struct FullyConnectedFamily: NetworkFamily {
  let kernels: KernelCatalogue
  /// The arrays of the calling worker's expectation propagations.
  let workspaces: PriorWorkspaces
  /// How many points of a timeline are measured at once.
  let workers: Int

  static let traits = FamilyTraits(
    scheduling: .shared, continuesPastMeasurements: true)
  var traits: FamilyTraits { Self.traits }
  var arithmetic: FamilyArithmetic { .blas }

  func session(
    _ context: RunContext, resuming state: TrainingState<FullyConnectedNetwork>?
  ) -> FullyConnectedTraining {
    let spec = context.spec
    return FullyConnectedTraining(
      FullyConnectedNetwork(
        initialising: context.shape, weightVariance: spec.network.effectiveWeightVariance,
        biasStandardDeviation: spec.network.biasStandardDeviation, key: context.key.split("initialisation")),
      on: context.trainingSet, optimiser: spec.optimiser.trainingRule,
      batchSize: spec.optimiser.batch ?? context.set.labels.count, batchOrder: context.batchOrder,
      key: context.key.split("minibatches"), resuming: state)
  }

  func state(_ checkpoint: Checkpoint, _ context: RunContext) -> TrainingState<FullyConnectedNetwork>? {
    TrainingState(checkpoint, shape: context.shape)
  }

  func checkpoint(_ session: FullyConnectedTraining) -> Checkpoint { session.state.checkpoint }

  func outputs(_ network: FullyConnectedNetwork, _ context: RunContext) -> NetworkOutputs {
    NetworkOutputs(
      function: context.function(of: network), onTrainingSet: network.function(on: context.set.inputs))
  }

  func parameterNorm(_ network: FullyConnectedNetwork) -> Double { network.parameterNorm }

  func trained(_ network: FullyConnectedNetwork) -> TrainedNetwork { .fullyConnected(network) }

  func measure(
    _ measurement: Measure, _ target: MeasuredNetwork<FullyConnectedNetwork>,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> MeasurementResult {
    var measuring = NetworkMeasurement(context: target.context, kernels: kernels, isCancelled: isCancelled)
    measuring.sweepProgress = { [progress = target.progress] in progress(LargePriors.share(sweeps: $0)) }
    return try measuring.measure(
      measurement, on: target.network, function: target.function, workspaces: workspaces)
  }

  func follow(
    _ settings: TimelineSettings, _ context: RunContext, isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void
  ) throws -> MeasurementResult {
    let measuring = NetworkMeasurement(context: context, kernels: kernels, isCancelled: isCancelled)
    return .timeline(
      try TimelineExecution(settings: settings, measuring: measuring, workers: workers)
        .follow(session(context, resuming: nil), progress: progress))
  }
}
