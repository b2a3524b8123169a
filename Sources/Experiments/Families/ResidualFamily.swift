import Datasets
import Flatness
import NeuralNetworks
import RunStorage
import Specifications
import Training

/// Residual networks, in the memory of one engine: outputs, the ascent, measures by losses
/// and gradients, priors by the Monte-Carlo kernel.
///
/// A measurement overwrites the session's network in that memory, so the training cannot continue after it.
struct ResidualFamily: NetworkFamily {
  let kernels: KernelCatalogue
  let workspace: ResidualWorkspace
  let arithmetic: FamilyArithmetic
  /// S, then A.
  private let trained: ResidentImages
  /// E.
  private let tested: ResidentImages

  /// The family for the runs on the images of `context`, which the workspace's engine holds from now on.
  ///
  /// - Parameter engines: what made the engine.
  init(
    kernels: KernelCatalogue, workspace: ResidualWorkspace, engines: any EngineFactory, context: RunContext
  ) {
    self.kernels = kernels
    self.workspace = workspace
    arithmetic = FamilyArithmetic(engines)
    func held(_ images: BinaryImages) -> ResidentImages {
      workspace.engine.hold(images.inputs, labels: images.labels.map(Float.init))
    }
    (trained, tested) = (held(context.set), held(context.split.test))
  }

  static let traits = FamilyTraits(
    scheduling: .wholeMachine, continuesPastMeasurements: false)
  var traits: FamilyTraits { Self.traits }

  func session(
    _ context: RunContext, resuming state: TrainingState<ResidualNetwork>?
  ) -> ResidualTraining {
    let spec = context.spec
    return ResidualTraining(
      ResidualNetwork(
        initialising: workspace.shape, weightVariance: spec.network.effectiveWeightVariance,
        biasStandardDeviation: spec.network.biasStandardDeviation, key: context.key.split("initialisation")),
      on: trained, scoredCount: context.split.training.count, optimiser: spec.optimiser.trainingRule,
      precision: spec.optimiser.precision.ofTraining,
      batchSize: spec.optimiser.batch ?? context.set.labels.count, batchOrder: context.batchOrder,
      augmentation: spec.augmentation.map { Augmentation(cropPadding: $0.cropPadding, flips: $0.flips) },
      workspace: workspace, key: context.key.split("minibatches"), resuming: state)
  }

  func state(_ checkpoint: Checkpoint, _ context: RunContext) -> TrainingState<ResidualNetwork>? {
    TrainingState(checkpoint, shape: workspace.shape)
  }

  func checkpoint(_ session: ResidualTraining) -> Checkpoint { session.state.checkpoint }

  func outputs(_ network: ResidualNetwork, _ context: RunContext) -> NetworkOutputs {
    func outputs(_ images: ResidentImages) -> [UInt8] {
      workspace.engine.logits(of: images, 0..<images.count).map { $0 >= 0 ? 1 : 0 }
    }
    let onTrainingSet = outputs(trained)
    return NetworkOutputs(
      function: onTrainingSet.prefix(context.split.training.count) + outputs(tested),
      onTrainingSet: onTrainingSet)
  }

  func parameterNorm(_ network: ResidualNetwork) -> Double { network.parameterNorm }

  func trained(_ network: ResidualNetwork) -> TrainedNetwork { .residual(network) }

  func measure(
    _ measurement: Measure, _ target: MeasuredNetwork<ResidualNetwork>,
    isCancelled: @escaping @Sendable () -> Bool
  ) throws -> MeasurementResult {
    switch measurement {
    case .sharpness(let settings, let trace) where settings.method == .sgd:
      let network = target.network
      let state = try target.checkpoints?.ascent(of: target.spec, on: network)
      return try NetworkMeasurement.flatness { () throws(FlatnessError) in
        .sharpness(
          SharpnessResult(
            try SharpnessAscent(settings).sharpness(
              of: network, images: trained, count: target.context.split.training.count, workspace: workspace,
              key: target.context.key.split("sharpness"), keepsTrace: trace, resuming: state,
              isCancelled: isCancelled
            ) { share, state in
              target.progress(share)
              target.checkpoints?.keep(ascentOf: target.spec, on: network, state: state)
            }, trace: trace))
      }
    case .prior(let settings):
      var measuring = NetworkMeasurement(context: target.context, kernels: kernels, isCancelled: isCancelled)
      measuring.sweepProgress = { [progress = target.progress] in progress(LargePriors.share(sweeps: $0)) }
      return measuring.prior(settings, function: target.function, workspaces: PriorWorkspaces())
    case .sampledPrior(let settings):
      return try NetworkMeasurement(context: target.context, kernels: kernels, isCancelled: isCancelled)
        .sampledPrior(settings, function: target.function, workspaces: PriorWorkspaces())
    case .marginalLikelihood(let settings):
      return kernels.marginalLikelihood(target.context, settings)
    case .tabled(let measure) where MeasureDefinition.form(of: measurement)?.needs == .losses:
      return try NetworkMeasurement.flatness { () throws(FlatnessError) in
        try measure.result(
          of: ResidualProblem(
            target.network, images: trained, count: target.context.split.training.count,
            workspace: workspace, isCancelled: isCancelled),
          key: target.context.key, isCancelled: isCancelled)
      }
    default:
      return .failed(reason: "\(measurement.name) is not to be had of residual networks")
    }
  }

  func follow(
    _ settings: TimelineSettings, _ context: RunContext, isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void
  ) throws -> MeasurementResult {
    .failed(reason: "residual networks are not followed along a timeline")
  }
}
