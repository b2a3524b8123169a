import Datasets
import Flatness
import LinearAlgebra
import NeuralNetworks
import Planning
import RunStorage
import Specifications
import Training

/// Executes one run of a residual network: trains it, reads off its function, and measures what is asked for.
struct ResidualExecution {
  let data: DataCatalogue
  let kernels: KernelCatalogue
  let workspace: ResidualWorkspace
  /// Where the run goes on from, and leaves what it needs to; nil to begin anew and keep nothing.
  var checkpoints: RunCheckpoints?

  /// A measurement that fails is kept as failed, with its reason.
  ///
  /// - Parameters:
  ///   - known: what is stored of the run; where the training comes out the same, its measurements are not
  ///     made again.
  ///   - progress: the training and its measurements are counted as equally long.
  /// - Throws: `TrainingError` or `FlatnessError` when cancelled; `StorageError` where a checkpoint is there but
  ///   cannot be read.
  func execute(
    _ run: PlannedRun, known: RunResult?, isCancelled: @escaping @Sendable () -> Bool,
    progress: RunProgress
  ) throws -> RunExecution.Outcome {
    let context = RunContext(run.training, split: data[run.training].split)
    let clock = ContinuousClock()
    let start = clock.now
    let parts = Double(run.measurements.count + 1)
    let session = session(
      context, resuming: try checkpoints?.training { TrainingState($0, shape: workspace.shape) })
    let status = try session.runToZeroError(
      maximumEpochs: run.training.stop.epochs, isCancelled: isCancelled
    ) {
      progress.epoch(session.epoch, session.trainAccuracy)
      if !session.hasDiverged { checkpoints?.keep(training: { session.state.checkpoint }) }
      // Nobody knows how many epochs there will be.
      progress.share(
        Double(session.epoch) / Double(session.epoch + CostModel.typicalResidualEpochs) / parts)
    }
    let network = session.network
    let onTrainingSet = outputs(context.set.inputs)
    let function =
      Array(onTrainingSet.prefix(context.split.training.count)) + outputs(context.split.test.inputs)
    let training = context.state(
      of: session, status: TrainingResult.Status(status), function: function,
      onTrainingSet: onTrainingSet, parameterNorm: network.parameterNorm)
    var outcome = RunExecution.Outcome(
      result: RunResult(training: training, measurements: [:]), network: .residual(network),
      secondsOfTraining: start.duration(to: clock.now).seconds + (checkpoints?.secondsBefore ?? 0),
      secondsByMeasurement: [:])
    guard status != .diverged else { return outcome }

    let stored = known?.training == training ? known?.measurements ?? [:] : [:]
    for (index, measurement) in run.measurements.enumerated() where stored[measurement.identity] == nil {
      let start = clock.now
      checkpoints?.begin()
      outcome.result.measurements[measurement.identity] = try measure(
        measurement, context, network, function, isCancelled: isCancelled,
        progress: { progress.share((Double(index + 1) + $0) / parts) })
      outcome.secondsByMeasurement[measurement.identity] =
        start.duration(to: clock.now).seconds + (checkpoints?.secondsBefore ?? 0)
    }
    return outcome
  }

  /// The training at its beginning, or at `state`.
  private func session(
    _ context: RunContext, resuming state: TrainingState<ResidualNetwork>?
  ) -> ResidualTraining {
    let spec = context.spec
    return ResidualTraining(
      ResidualNetwork(
        initialising: workspace.shape, weightVariance: spec.network.effectiveWeightVariance,
        biasStandardDeviation: spec.network.biasStandardDeviation, key: context.key.split("initialisation")),
      on: TrainingSet(
        inputs: context.set.inputs, labels: context.set.labels, scoredCount: context.split.training.count),
      optimiser: spec.optimiser.trainingRule, batchSize: spec.optimiser.batch ?? context.set.labels.count,
      batchOrder: spec.optimiser.batchOrder == .shuffled ? .shuffled : .fixed,
      augmentation: spec.augmentation.map { Augmentation(cropPadding: $0.cropPadding, flips: $0.flips) },
      workspace: workspace, key: context.key.split("minibatches"), resuming: state)
  }

  /// The 0/1 outputs of the network in the workspace.
  private func outputs(_ inputs: Matrix<Float>) -> [UInt8] {
    guard inputs.rows > 0 else { return [] }
    return workspace.logits(inputs.elements, count: inputs.rows).map { $0 >= 0 ? 1 : 0 }
  }

  private func measure(
    _ measurement: MeasurementSpec, _ context: RunContext, _ network: ResidualNetwork, _ function: [UInt8],
    isCancelled: @escaping @Sendable () -> Bool, progress: @escaping @Sendable (Double) -> Void
  ) throws -> MeasurementResult {
    switch measurement {
    case .sharpness(let settings, let trace):
      let train = context.split.training
      let state = try checkpoints?.ascent(of: measurement, on: network)
      return try NetworkMeasurement.flatness { () throws(FlatnessError) in
        .sharpness(
          SharpnessResult(
            try SharpnessAscent(settings).sharpness(
              of: network, inputs: train.inputs, labels: train.labels, workspace: workspace,
              key: context.key.split("sharpness"), keepsTrace: trace, resuming: state,
              isCancelled: isCancelled
            ) { share, state in
              progress(share)
              checkpoints?.keep(ascentOf: measurement, on: network, state: state)
            }, trace: trace))
      }
    case .prior(let settings):
      var measuring = NetworkMeasurement(context: context, kernels: kernels, isCancelled: isCancelled)
      measuring.sweepProgress = { progress(Double($0) / Double($0 + CostModel.largeSweeps)) }
      return measuring.prior(settings, function: function, workspaces: PriorWorkspaces())
    case .state, .later, .timeline, .hessian:
      preconditionFailure("expected a measurement of residual networks, got \(measurement.identity)")
    }
  }
}
