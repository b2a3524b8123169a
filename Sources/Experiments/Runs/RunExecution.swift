import NeuralNetworks
import Planning
import RunStorage
import Specifications
import Training

/// The result of a run, with the time of each part.
struct RunOutcome {
  var result: RunResult
  var network: TrainedNetwork
  /// Of the training.
  var ofTraining: TimeTaken
  /// Of each measurement, by its identity.
  var byMeasurement: [String: TimeTaken] = [:]

  /// On the wall, of all together, in seconds.
  var seconds: Double { byMeasurement.values.reduce(ofTraining.seconds) { $0 + $1.seconds } }
}

/// Executes one run: trains the network, reads off its function, and measures what is asked for, at the end
/// of the training, at later epochs, or along the whole course.
struct RunExecution<Family: NetworkFamily> {
  let family: Family
  let context: RunContext
  /// The checkpoints from which the run resumes; nil to start at the beginning and write none.
  var checkpoints: RunCheckpoints?
  let isCancelled: @Sendable () -> Bool
  let progress: RunProgress

  init(
    family: Family, context: RunContext, checkpoints: RunCheckpoints? = nil,
    isCancelled: @escaping @Sendable () -> Bool, progress: RunProgress
  ) {
    self.family = family
    self.context = context
    self.checkpoints = checkpoints
    self.isCancelled = isCancelled
    self.progress = progress
  }

  /// A failed measurement is a result with its reason.
  ///
  /// - Parameter known: the stored record of the run. If the training has the same result again, the stored
  ///   measurements are kept.
  /// - Throws: `TrainingError` or `FlatnessError` when cancelled; `StorageError` where a checkpoint is there
  ///   but cannot be read.
  func execute(_ run: PlannedRun, known: RunResult?) throws -> RunOutcome {
    let timer = RunTimer()
    let session = family.session(
      context, resuming: try checkpoints?.training { family.state($0, context) })
    let status = try train(session)
    let network = session.network
    let outputs = family.outputs(network, context)
    let training = state(of: session, status: TrainingResult.Status(status), network, outputs)
    var outcome = RunOutcome(
      result: RunResult(training: training, measurements: [:]), network: family.trained(network),
      ofTraining: timer.taken + (checkpoints?.takenBefore ?? .none))
    guard status != .diverged else { return outcome }

    let stored = known?.training == training ? known?.measurements ?? [:] : [:]
    let wanted = run.measurements.filter { stored[$0.identity] == nil }
    for spec in wanted where (spec.epochsPast ?? 0) == 0 {
      try keep(spec, in: &outcome) {
        switch spec {
        case .network(let measurement, _): try measure(measurement, spec, network, outputs.function)
        case .state: .state(training)
        case .timeline(let settings):
          try family.follow(settings, context, isCancelled: isCancelled, progress: share(of: spec))
        }
      }
    }
    try measurePastZeroError(wanted, session, training, in: &outcome)
    return outcome
  }

  /// Trains to zero error, with checkpoints on the way.
  private func train(_ session: Family.Session) throws -> TrainingStatus {
    progress.part(.training, 0)
    return try session.runToZeroError(maximumEpochs: context.spec.stop.epochs, isCancelled: isCancelled) {
      progress.epoch(session.epoch, session.trainAccuracy)
      if !session.hasDiverged { checkpoints?.keep(training: { family.checkpoint(session) }) }
    }
  }

  /// Continues past zero error to each requested epoch, and measures there.
  private func measurePastZeroError(
    _ wanted: [MeasurementSpec], _ session: Family.Session, _ training: TrainingResult,
    in outcome: inout RunOutcome
  ) throws {
    let epochs = Set(wanted.compactMap(\.epochsPast)).subtracting([0]).sorted()
    for past in epochs {
      let timer = RunTimer()
      progress.part(.measurement(MeasurementSpec.state(epochsPast: past).identity), 0)
      // Without zero error there are no epochs past it.
      if training.status == .converged, family.traits.continuesPastMeasurements {
        try session.advance(to: training.epochs + past, isCancelled: isCancelled)
      }
      let ofEpochs = timer.taken
      let network = session.network
      let outputs = family.outputs(network, context)
      for spec in wanted where spec.epochsPast == past {
        try keep(spec, in: &outcome) {
          if let reason = reason(against: session, training) { return .failed(reason: reason) }
          guard case .network(let measurement, _) = spec else {
            return .state(
              state(
                of: session, status: session.hasZeroError ? .converged : .notConverged, network, outputs))
          }
          return try measure(measurement, spec, network, outputs.function)
        }
        if case .state = spec {
          outcome.byMeasurement[spec.identity] = ofEpochs + (outcome.byMeasurement[spec.identity] ?? .none)
        }
      }
    }
  }

  private func measure(
    _ measurement: Measure, _ spec: MeasurementSpec, _ network: Family.Network, _ function: [UInt8]
  ) throws -> MeasurementResult {
    try family.measure(
      measurement,
      MeasuredNetwork(
        context: context, network: network, function: function, checkpoints: checkpoints, spec: spec,
        progress: share(of: spec)), isCancelled: isCancelled)
  }

  /// Tells the share of a measurement that is done.
  private func share(of spec: MeasurementSpec) -> @Sendable (Double) -> Void {
    { [progress] in progress.part(.measurement(spec.identity), $0) }
  }

  /// Adds a measurement and its time to the outcome.
  private func keep(
    _ spec: MeasurementSpec, in outcome: inout RunOutcome, _ measure: () throws -> MeasurementResult
  ) rethrows {
    let timer = RunTimer()
    progress.part(.measurement(spec.identity), 0)
    checkpoints?.begin()
    outcome.result.measurements[spec.identity] = try measure()
    outcome.byMeasurement[spec.identity] = timer.taken + (checkpoints?.takenBefore ?? .none)
  }

  private func state(
    of session: Family.Session, status: TrainingResult.Status, _ network: Family.Network,
    _ outputs: NetworkOutputs
  ) -> TrainingResult {
    context.state(
      of: session, status: status, outputs: outputs, parameterNorm: family.parameterNorm(network))
  }

  /// Why nothing can be measured past zero error; nil where it can.
  private func reason(against session: Family.Session, _ training: TrainingResult) -> String? {
    if !family.traits.continuesPastMeasurements {
      return "networks of this kind are not trained past zero error"
    }
    if session.hasDiverged {
      return "the loss became NaN or infinite after zero error, by epoch \(session.epoch)"
    }
    return training.status == .converged
      ? nil : "the training did not reach zero error on S, so there is no epoch past it"
  }
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
  /// Trains until `epoch` epochs are done or the loss is not finite.
  func advance(to epoch: Int, isCancelled: () -> Bool) throws(TrainingError) {
    while self.epoch < epoch, !hasDiverged {
      if isCancelled() { throw .cancelled(epoch: self.epoch) }
      advance()
    }
  }
}
