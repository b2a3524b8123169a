package import Experiments
package import Specifications

/// How far a job is, and how long the rest of it will take.
///
/// The rest is counted phase by phase, as pieces of work run side by side: a phase takes as long as its longest
/// piece at least. What was expected of each class of work is corrected by what work of that class has taken
/// in this call, and a class that has not come yet by what all others have.
package struct WorkProgress: Sendable {
  private var work: PendingWork
  /// How many runs there are, and how many of them are finished.
  package private(set) var total: Int
  package private(set) var finished = 0
  /// The runs under way, in the order in which they were started.
  package private(set) var running: [TrainingSpec] = []
  /// The sample of functions that is being drawn, and how many of its networks are.
  package private(set) var sample: (spec: FunctionSampleSpec, drawn: Int)?
  /// The Monte-Carlo kernel that is being made: initialisations done, of how many.
  package private(set) var kernel: (done: Int, of: Int)?
  /// Whether figures are being drawn.
  package private(set) var isWriting = false
  /// An epoch of each training under way, and the share of right answers on S after it.
  private var trainings: [TrainingSpec: (epochs: Int, accuracy: Double)] = [:]
  private var lastEpoch: ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  /// Whether there is anything to do.
  package let hasWork: Bool

  /// Nothing is done yet.
  package init(_ estimate: WorkEstimate, now: ContinuousClock.Instant = .now) {
    work = PendingWork(estimate)
    hasWork = !estimate.isEmpty
    lastEpoch = now
    start = now
    total = work.unfinishedRuns
  }

  /// What work of each class took in this call.
  package var history: CostHistory { work.history }

  /// The seconds of wall time that the rest is expected to take.
  package func secondsLeft(now: ContinuousClock.Instant = .now) -> Double { work.secondsLeft(now) }

  /// The share of the call's time that has gone by, 0…1.
  package func share(now: ContinuousClock.Instant = .now) -> Double {
    let elapsed = start.duration(to: now).seconds
    return elapsed / max(elapsed + secondsLeft(now: now), 1e-9)
  }

  /// The training under way with the most epochs: it may never come to zero error.
  package var longestTraining: (spec: TrainingSpec, epochs: Int, accuracy: Double)? {
    trainings.max { $0.value.epochs < $1.value.epochs }.map { ($0.key, $0.value.epochs, $0.value.accuracy) }
  }

  /// Takes note of one event.
  package mutating func record(_ event: Runner.Event, now: ContinuousClock.Instant = .now) {
    switch event {
    case .preparing(let runs):
      work.prepare(Set(runs), now)
      total = finished + work.unfinishedRuns
    case .averaging(_, let done, let count): averaged(done, of: count, now)
    case .sampling(let spec, let drawn): sampled(spec, drawn: drawn, now)
    case .sampled(let spec): finished(spec, now)
    case .started(let spec): started(spec, now)
    case .trained(let spec, let epochs, let accuracy):
      trained(spec, epochs: epochs, accuracy: accuracy, now: now)
    case .advanced(let spec, let part, let share):
      if let place = work.run(spec) { work.advance(place, part, to: share, now) }
    case .checkpoint(let spec, .resumed): if let place = work.run(spec) { work.resume(place, now) }
    case .finished(let spec, _, _): finished(spec, now)
    case .checkpoint, .waiting, .damaged, .replaced: break
    }
  }

  /// Takes note that the figures are drawn now, which ends the work of a stage.
  package mutating func recordWriting(now: ContinuousClock.Instant = .now) {
    isWriting = true
    guard let place = report, case .report(let cost) = work.content(place) else { return }
    work.endAll(before: place)
    work.begin(place, [cost], now)
  }

  /// Takes note that the report stands.
  package mutating func recordWritten(now: ContinuousClock.Instant = .now) {
    isWriting = false
    if let place = report { work.end(place, now) }
  }

  private var report: PendingWork.Place? {
    work.first { if case .report = $0 { true } else { false } }
  }

  private func place(_ spec: FunctionSampleSpec) -> PendingWork.Place? {
    work.first { if case .sample(spec, _) = $0 { true } else { false } }
  }

  private mutating func averaged(_ done: Int, of count: Int, _ now: ContinuousClock.Instant) {
    kernel = done < count ? (done, count) : nil
    guard let place = work.first(where: { if case .monteCarloKernels = $0 { true } else { false } }),
      case .monteCarloKernels(let costs) = work.content(place)
    else { return }
    guard done < count else { return work.end(place, now) }
    let share = Double(done) / Double(count)
    if !work.isUnderWay(place) { work.begin(place, costs, share: share, now) }
    work.advance(place, to: share)
  }

  private mutating func sampled(_ spec: FunctionSampleSpec, drawn: Int, _ now: ContinuousClock.Instant) {
    guard let place = place(spec), case .sample(_, let cost) = work.content(place) else { return }
    // Workers report in any order.
    let drawn = max(drawn, sample?.drawn ?? 0)
    let share = Double(drawn) / Double(spec.samples)
    if sample == nil { work.begin(place, [cost], share: share, now) }
    sample = (spec, drawn)
    work.advance(place, to: share)
  }

  private mutating func finished(_ spec: FunctionSampleSpec, _ now: ContinuousClock.Instant) {
    sample = nil
    if let place = place(spec) { work.end(place, now) }
  }

  private mutating func started(_ spec: TrainingSpec, _ now: ContinuousClock.Instant) {
    running.append(spec)
    // Kernels come before the runs that need them.
    if let place = work.run(spec),
      let kernels = work.first(where: { if case .kernels = $0 { true } else { false } }),
      kernels.phase < place.phase
    {
      work.end(kernels, now)
    }
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
    if let place = work.run(spec) { work.advance(place, epochs: epochs) }
  }

  private mutating func finished(_ spec: TrainingSpec, _ now: ContinuousClock.Instant) {
    if let place = work.run(spec) { work.end(place, now) }
    if work.run(spec) == nil { finished += 1 }
    running.removeAll { $0 == spec }
    trainings[spec] = nil
  }
}
