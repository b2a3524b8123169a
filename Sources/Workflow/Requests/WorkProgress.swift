package import Experiments
package import Specifications

/// How far a job is, counted in the seconds that its parts are expected to take.
package struct WorkProgress: Sendable {
  private let estimate: WorkEstimate
  /// How many runs there are, and how many of them are finished.
  package private(set) var total: Int
  package private(set) var finished = 0
  /// The runs under way, in the order in which they were started.
  package private(set) var running: [TrainingSpec] = []
  /// The sample of functions that is being drawn, and how many of its networks are.
  package private(set) var sample: (spec: FunctionSampleSpec, drawn: Int)?
  /// The Monte-Carlo kernel that is being made: initialisations done, of how many.
  package private(set) var kernel: (done: Int, of: Int)?
  /// An epoch of each training under way, and the share of right answers on S after it.
  private var trainings: [TrainingSpec: (epochs: Int, accuracy: Double)] = [:]
  private var lastEpoch: ContinuousClock.Instant

  /// Of samples and runs that are finished.
  private var finishedSeconds = 0.0
  /// Of the one sample or run that reports its share: those that do so go one by one.
  private var partSeconds = 0.0
  /// Of the Monte-Carlo kernels, as far as they are done.
  private var kernelSeconds = 0.0
  /// Of work that an earlier call had done and stored: no time of this call.
  private var storedSeconds = 0.0
  /// Whether the next share of a run is that of an earlier call.
  private var isResuming = false

  /// Nothing is done yet.
  package init(_ estimate: WorkEstimate, now: ContinuousClock.Instant = .now) {
    self.estimate = estimate
    total = estimate.runs.count
    lastEpoch = now
  }

  /// Whether there is anything to do.
  package var hasWork: Bool { !estimate.isEmpty }

  /// The share of this call's own work that is done, 0…1.
  package var share: Double {
    (finishedSeconds + partSeconds + kernelSeconds - storedSeconds)
      / max(estimate.seconds - storedSeconds, 1e-9)
  }

  /// The training under way with the most epochs: it may never come to zero error.
  package var longestTraining: (spec: TrainingSpec, epochs: Int, accuracy: Double)? {
    trainings.max { $0.value.epochs < $1.value.epochs }.map { ($0.key, $0.value.epochs, $0.value.accuracy) }
  }

  /// Takes note of one event.
  package mutating func record(_ event: Runner.Event, now: ContinuousClock.Instant = .now) {
    switch event {
    case .preparing(let runs): total = runs  // A sample may have found fewer functions than were planned for.
    case .averaging(_, let done, let count): averaged(done, of: count)
    case .sampling(let spec, let drawn): sampled(spec, drawn: drawn)
    case .sampled(let spec): finished(spec)
    case .checkpoint(let spec, .resumed):
      if Self.reportsShareOfTraining(spec) { isResuming = true }
    case .started(let spec): running.append(spec)
    case .trained(let spec, let epochs, let accuracy):
      trained(spec, epochs: epochs, accuracy: accuracy, now: now)
    case .advanced(let spec, let share): advanced(spec, share: share)
    case .finished(let spec, _, _): finished(spec)
    case .checkpoint, .waiting, .damagedKernel, .replaced: break
    }
  }

  /// Whether a run reports the share of its training that is done, and not of its timeline alone.
  private static func reportsShareOfTraining(_ spec: TrainingSpec) -> Bool {
    FamilyTraits.of(spec.network.kind).typicalEpochs != nil
  }

  private mutating func averaged(_ done: Int, of count: Int) {
    kernel = done < count ? (done, count) : nil
    kernelSeconds = max(kernelSeconds, estimate.kernels * Double(done) / Double(count))
  }

  private mutating func sampled(_ spec: FunctionSampleSpec, drawn: Int) {
    func seconds(_ networks: Int) -> Double {
      Double(networks) / Double(spec.samples) * (estimate.samples[spec] ?? 0)
    }
    if sample == nil { storedSeconds += seconds(drawn) }
    // Workers report in any order.
    let drawn = max(drawn, sample?.drawn ?? 0)
    sample = (spec, drawn)
    partSeconds = seconds(drawn)
  }

  private mutating func finished(_ spec: FunctionSampleSpec) {
    let seconds = estimate.samples[spec] ?? 0
    // Drawn by another process meanwhile.
    if sample == nil { storedSeconds += seconds }
    sample = nil
    finishedSeconds += seconds
    partSeconds = 0
  }

  /// At most twice a second: the shortest epochs take microseconds, and to hash a spec takes as long.
  private mutating func trained(
    _ spec: TrainingSpec, epochs: Int, accuracy: Double, now: ContinuousClock.Instant
  ) {
    if accuracy == 1 {
      // At zero error a training is over.
      if !trainings.isEmpty { trainings[spec] = nil }
      return
    }
    guard lastEpoch.duration(to: now) > .milliseconds(500) else { return }
    lastEpoch = now
    trainings[spec] = (epochs, accuracy)
  }

  private mutating func advanced(_ spec: TrainingSpec, share: Double) {
    let seconds = share * (estimate.runs[spec] ?? 0)
    if isResuming { storedSeconds += max(0, seconds - partSeconds) }
    isResuming = false
    partSeconds = seconds
  }

  private mutating func finished(_ spec: TrainingSpec) {
    finished += 1
    finishedSeconds += estimate.runs[spec] ?? 0
    partSeconds = 0
    running.removeAll { $0 == spec }
    trainings[spec] = nil
  }
}
