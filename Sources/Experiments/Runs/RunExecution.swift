import NeuralNetworks
import Planning
import Specifications
import Training

/// Executes one run: trains the network, reads off its function, and measures what is asked for, at the end
/// of the training, at later epochs, or along the whole course.
struct RunExecution {
  /// What a run gave, with the time each part took.
  struct Outcome {
    var result: RunResult
    var network: TrainedNetwork
    var secondsOfTraining: Double
    var secondsByMeasurement: [String: Double]
  }
  let data: DataCatalogue
  let kernels: KernelCatalogue

  /// A measurement that fails is kept as failed, with its reason.
  ///
  /// - Parameters:
  ///   - known: what is stored of the run; where the training comes out the same, its measurements are not
  ///     made again.
  ///   - checkpoints: where the training goes on from, and leaves what it needs to; nil to begin anew and keep
  ///     nothing.
  ///   - workers: how many points of a timeline are measured at once.
  ///   - progress: the share is that of a timeline that is done, or, sweep by sweep, of a run whose priors
  ///     have many points, its measurements counted as equally long.
  /// - Throws: `TrainingError` or `FlatnessError` when cancelled; `StorageError` where a checkpoint is there but
  ///   cannot be read.
  func execute(
    _ run: PlannedRun, known: RunResult?, checkpoints: RunCheckpoints? = nil, workspaces: PriorWorkspaces,
    workers: Int, isCancelled: @escaping @Sendable () -> Bool, progress: RunProgress
  ) throws -> Outcome {
    let context = RunContext(run.training, split: data[run.training].split)
    var measuring = NetworkMeasurement(context: context, kernels: kernels, isCancelled: isCancelled)
    let clock = ContinuousClock()
    let start = clock.now
    let session = context.session(
      resuming: try checkpoints?.training { TrainingState($0, shape: context.shape) })
    let status = try session.runToZeroError(
      maximumEpochs: run.training.stop.epochs, isCancelled: isCancelled
    ) {
      progress.epoch(session.epoch, session.trainAccuracy)
      if !session.hasDiverged { checkpoints?.keep(training: { session.state.checkpoint }) }
    }
    let training = context.state(of: session, status: TrainingResult.Status(status))
    let network = session.network
    var outcome = Outcome(
      result: RunResult(training: training, measurements: [:]), network: .fullyConnected(network),
      secondsOfTraining: start.duration(to: clock.now).seconds + (checkpoints?.secondsBefore ?? 0),
      secondsByMeasurement: [:])
    guard status != .diverged else { return outcome }

    func keep(
      _ measurement: MeasurementSpec, _ measure: () throws -> MeasurementResult
    ) rethrows {
      let start = clock.now
      outcome.result.measurements[measurement.identity] = try measure()
      outcome.secondsByMeasurement[measurement.identity] = start.duration(to: clock.now).seconds
    }
    let stored = known?.training == training ? known?.measurements ?? [:] : [:]
    let wanted = run.measurements.filter { stored[$0.identity] == nil }
    let function = context.function(of: network)
    for (index, measurement) in wanted.enumerated() {
      // The training counts as one more. After the usual number of sweeps the share all but stands.
      measuring.sweepProgress = { sweep in
        let share = Double(sweep) / Double(sweep + CostModel.largeSweeps)
        progress.share((Double(index + 1) + share) / Double(wanted.count + 1))
      }
      switch measurement {
      case .sharpness, .prior, .hessian:
        try keep(measurement) {
          try measuring.measure(measurement, on: network, function: function, workspaces: workspaces)
        }
      case .state: keep(measurement) { .state(training) }
      case .timeline(let settings):
        try keep(measurement) {
          try .timeline(
            TimelineExecution(settings: settings, measuring: measuring, workers: workers)
              .follow(context.session(), progress: progress.share))
        }
      case .later: break
      }
    }
    let epochs = Set(wanted.compactMap(\.laterEpochs)).sorted()
    for past in epochs {
      let start = clock.now
      // Without zero error there are no epochs past it.
      if training.status == .converged {
        try session.advance(to: training.epochs + past, isCancelled: isCancelled)
      }
      let secondsOfEpochs = start.duration(to: clock.now).seconds
      let network = session.network
      let function = context.function(of: network)
      for case .later(past, let measurement) in wanted {
        try keep(.later(epochs: past, measurement)) {
          if let reason = Self.reason(against: session, training) { return .failed(reason: reason) }
          guard case .state = measurement else {
            return try measuring.measure(
              measurement, on: network, function: function, workspaces: workspaces)
          }
          let status: TrainingResult.Status = session.hasZeroError ? .converged : .notConverged
          return .state(context.state(of: session, status: status))
        }
        if measurement == .state {
          outcome.secondsByMeasurement[MeasurementSpec.later(epochs: past, .state).identity, default: 0] +=
            secondsOfEpochs
        }
      }
    }
    return outcome
  }

  /// Why nothing can be measured past zero error; nil where it can.
  private static func reason(against session: TrainingSession, _ training: TrainingResult) -> String? {
    if session.hasDiverged {
      return "the loss became NaN or infinite after zero error, by epoch \(session.epoch)"
    }
    return training.status == .converged
      ? nil : "the training did not reach zero error on S, so there is no epoch past it"
  }
}

extension MeasurementSpec {
  fileprivate var laterEpochs: Int? { if case .later(let epochs, _) = self { epochs } else { nil } }
}

extension TrainingResult.Status {
  init(_ status: TrainingStatus) {
    switch status {
    case .converged: self = .converged
    case .notConverged: self = .notConverged
    case .diverged: self = .failed
    }
  }
}

extension TrainingSession {
  /// Goes on until `epoch` epochs were run, or the loss is no number.
  func advance(to epoch: Int, isCancelled: () -> Bool) throws(TrainingError) {
    while self.epoch < epoch, !hasDiverged {
      if isCancelled() { throw .cancelled(epoch: self.epoch) }
      advance()
    }
  }
}
