package import Experiments
package import Specifications

/// How far a job is, and how long the rest of it will take.
///
/// The rest is counted phase by phase, as pieces of work run side by side: a phase takes as long as its longest
/// piece at least. What was expected of each class of work is corrected by what work of that class has taken
/// in this call, and a class that has not come yet by what all others have.
package struct WorkProgress: Sendable {
  /// A piece of work with what is left of it.
  private struct Piece {
    let content: WorkEstimate.Piece
    /// Its parts that have not begun, in their order.
    var waiting: [PartCost]
    var current: Part?
    var isDone = false
    /// Whether the next part goes on from a checkpoint.
    var isResumed = false
  }
  /// The part of a piece that is under way.
  private struct Part {
    let part: RunPart?
    /// What was expected of it; nothing for a part that the estimate does not know.
    let costs: [WorkCost]
    let started: ContinuousClock.Instant
    /// The share that was done when it began: more than none if an earlier call had done it.
    let startShare: Double
    /// The share that is done, where it is known.
    var share: Double

    var isWhole: Bool { startShare == 0 }
  }
  private struct Phase {
    let stage: Int
    let atOnce: Int
    var pieces: [Piece]
  }

  private typealias Place = (phase: Int, piece: Int)

  /// What an earlier call had done of a part, where that is not known.
  private static let unknownShare = 1e-6

  private var phases: [Phase]
  /// Where each run has its pieces: a run of several stages has several.
  private var places: [TrainingSpec: [Place]] = [:]
  private var corrections = CostCorrections()
  private let factor: @Sendable (WorkClass) -> Double
  /// The seconds that the whole of the work was expected to take.
  package let expected: Double
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
    phases = estimate.phases.map { stage, phase in
      Phase(
        stage: stage, atOnce: phase.atOnce,
        pieces: phase.pieces.map { piece in
          var waiting: [PartCost] = []
          if case .run(_, let parts) = piece { waiting = parts }
          return Piece(content: piece, waiting: waiting)
        })
    }
    factor = estimate.factor
    expected = estimate.seconds
    hasWork = !estimate.isEmpty
    lastEpoch = now
    start = now
    for phase in phases.indices {
      for piece in phases[phase].pieces.indices {
        if case .run(let spec, _) = phases[phase].pieces[piece].content {
          places[spec, default: []].append((phase, piece))
        }
      }
    }
    total = places.count
  }

  /// What work of each class took in this call.
  package var history: CostHistory { corrections.history(countedBy: factor) }

  /// The seconds of wall time that the rest is expected to take.
  package func secondsLeft(now: ContinuousClock.Instant = .now) -> Double {
    phases.reduce(0) { sum, phase in
      sum
        + WorkEstimate.Phase.seconds(
          phase.pieces.filter { !$0.isDone }.map { secondsLeft(of: $0, now) }, atOnce: phase.atOnce)
    }
  }

  /// The share of the call's time that has gone by, 0…1.
  package func share(now: ContinuousClock.Instant = .now) -> Double {
    let elapsed = start.duration(to: now).seconds
    return elapsed / max(elapsed + secondsLeft(now: now), 1e-9)
  }

  /// The training under way with the most epochs: it may never come to zero error.
  package var longestTraining: (spec: TrainingSpec, epochs: Int, accuracy: Double)? {
    trainings.max { $0.value.epochs < $1.value.epochs }.map { ($0.key, $0.value.epochs, $0.value.accuracy) }
  }

  private func secondsLeft(of piece: Piece, _ now: ContinuousClock.Instant) -> Double {
    func sum(_ costs: [WorkCost]) -> Double { costs.reduce(0) { $0 + corrections.seconds($1) } }
    let waiting = sum(piece.waiting.map(\.cost))
    if let current = piece.current {
      let elapsed = current.started.duration(to: now).seconds
      let expected = sum(current.costs) * (1 - current.startShare)
      guard current.share > current.startShare else {
        return waiting + max(expected - elapsed, 0.05 * expected)
      }
      // What is known of the rest by the share that is done counts the more the further it is.
      let share = (current.share - current.startShare) / (1 - current.startShare)
      return waiting + (1 - share) * ((1 - share) * expected + elapsed)
    }
    switch piece.content {
    case .run: return waiting
    case .sample(_, let cost), .report(let cost): return sum([cost])
    case .kernels(let costs), .monteCarloKernels(let costs): return sum(costs)
    }
  }

  /// Takes note of one event.
  package mutating func record(_ event: Runner.Event, now: ContinuousClock.Instant = .now) {
    switch event {
    case .preparing(let runs): prepare(runs, now)
    case .averaging(_, let done, let count): averaged(done, of: count, now)
    case .sampling(let spec, let drawn): sampled(spec, drawn: drawn, now)
    case .sampled(let spec): finished(spec, now)
    case .started(let spec): started(spec, now)
    case .trained(let spec, let epochs, let accuracy):
      trained(spec, epochs: epochs, accuracy: accuracy, now: now)
    case .advanced(let spec, let part, let share): advanced(spec, part, share: share, now)
    case .checkpoint(let spec, .resumed): resumed(spec, now)
    case .finished(let spec, _, _): finished(spec, now)
    case .checkpoint, .waiting, .damagedKernel, .replaced: break
    }
  }

  /// Takes note that the figures are drawn now, which ends the work of a stage.
  package mutating func recordWriting(now: ContinuousClock.Instant = .now) {
    isWriting = true
    guard let place = first(where: { if case .report = $0 { true } else { false } }) else { return }
    for phase in phases.indices where phase < place.phase { endAll(of: phase) }
    if case .report(let cost) = phases[place.phase].pieces[place.piece].content {
      begin(place, nil, [cost], share: 0, now)
    }
  }

  /// Takes note that the report stands.
  package mutating func recordWritten(now: ContinuousClock.Instant = .now) {
    isWriting = false
    if let place = first(where: { if case .report = $0 { true } else { false } }) { end(place, now) }
  }

  // MARK: Pieces

  /// The first piece that is not done and meets a condition.
  private func first(where condition: (WorkEstimate.Piece) -> Bool) -> Place? {
    for phase in phases.indices {
      for piece in phases[phase].pieces.indices
      where !phases[phase].pieces[piece].isDone && condition(phases[phase].pieces[piece].content) {
        return (phase, piece)
      }
    }
    return nil
  }

  /// The run's first piece that is not done.
  private func run(_ spec: TrainingSpec) -> Place? {
    places[spec]?.first { !phases[$0.phase].pieces[$0.piece].isDone }
  }

  private mutating func begin(
    _ place: Place, _ part: RunPart?, _ costs: [WorkCost], share: Double, _ now: ContinuousClock.Instant
  ) {
    let share = phases[place.phase].pieces[place.piece].isResumed ? max(share, Self.unknownShare) : share
    phases[place.phase].pieces[place.piece].isResumed = false
    phases[place.phase].pieces[place.piece].current = Part(
      part: part, costs: costs, started: now, startShare: share, share: share)
  }

  /// Ends the part under way and learns from its time.
  private mutating func endPart(_ place: Place, _ now: ContinuousClock.Instant) {
    if let part = phases[place.phase].pieces[place.piece].current, part.isWhole {
      corrections.add(part.costs, taken: part.started.duration(to: now).seconds)
    }
    phases[place.phase].pieces[place.piece].current = nil
  }

  private mutating func end(_ place: Place, _ now: ContinuousClock.Instant) {
    endPart(place, now)
    phases[place.phase].pieces[place.piece].isDone = true
  }

  /// Ends what has not come: its work was done by an earlier call or by another process.
  private mutating func endAll(of phase: Int) {
    for piece in phases[phase].pieces.indices { phases[phase].pieces[piece].isDone = true }
  }

  // MARK: Events

  private mutating func prepare(_ runs: [TrainingSpec], _ now: ContinuousClock.Instant) {
    // The first stage that has these runs to do.
    let wanted = Set(runs)
    guard let place = first(where: { if case .run(let spec, _) = $0 { wanted.contains(spec) } else { false } })
    else { return }
    let stage = phases[place.phase].stage
    for phase in phases.indices where phases[phase].stage <= stage {
      for piece in phases[phase].pieces.indices {
        switch phases[phase].pieces[piece].content {
        case .run(let spec, _):
          // A sample may have found fewer functions than were planned for.
          if phases[phase].stage < stage || !wanted.contains(spec) {
            phases[phase].pieces[piece].isDone = true
          }
        case .kernels(let costs):
          if phases[phase].stage == stage { begin((phase, piece), nil, costs, share: 0, now) }
        case .sample, .monteCarloKernels, .report: break
        }
      }
    }
    total = finished + places.keys.count { run($0) != nil }
  }

  private mutating func averaged(_ done: Int, of count: Int, _ now: ContinuousClock.Instant) {
    kernel = done < count ? (done, count) : nil
    guard let place = first(where: { if case .monteCarloKernels = $0 { true } else { false } }),
      case .monteCarloKernels(let costs) = phases[place.phase].pieces[place.piece].content
    else { return }
    let share = Double(done) / Double(max(count, 1))
    guard done < count else { return end(place, now) }
    if phases[place.phase].pieces[place.piece].current == nil {
      begin(place, nil, costs, share: share, now)
    }
    phases[place.phase].pieces[place.piece].current?.share = share
  }

  private mutating func sampled(
    _ spec: FunctionSampleSpec, drawn: Int, _ now: ContinuousClock.Instant
  ) {
    guard let place = first(where: { if case .sample(spec, _) = $0 { true } else { false } }),
      case .sample(_, let cost) = phases[place.phase].pieces[place.piece].content
    else { return }
    // Workers report in any order.
    let drawn = max(drawn, sample?.drawn ?? 0)
    let share = Double(drawn) / Double(spec.samples)
    if sample == nil { begin(place, nil, [cost], share: share, now) }
    sample = (spec, drawn)
    phases[place.phase].pieces[place.piece].current?.share = share
  }

  private mutating func finished(_ spec: FunctionSampleSpec, _ now: ContinuousClock.Instant) {
    sample = nil
    if let place = first(where: { if case .sample(spec, _) = $0 { true } else { false } }) { end(place, now) }
  }

  private mutating func started(_ spec: TrainingSpec, _ now: ContinuousClock.Instant) {
    running.append(spec)
    // Kernels come before the runs that need them.
    if let place = run(spec),
      let kernels = first(where: { if case .kernels = $0 { true } else { false } }), kernels.phase < place.phase
    {
      end(kernels, now)
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
  }

  private mutating func advanced(
    _ spec: TrainingSpec, _ part: RunPart, share: Double, _ now: ContinuousClock.Instant
  ) {
    guard let place = run(spec) else { return }
    let piece = phases[place.phase].pieces[place.piece]
    if piece.current?.part == part, share > 0 {
      phases[place.phase].pieces[place.piece].current?.share = share
      return
    }
    endPart(place, now)
    var costs: [WorkCost] = []
    if let index = piece.waiting.firstIndex(where: { $0.part == part }) {
      // Parts before it are left out, as those of a training that did not come to zero error.
      costs = [piece.waiting[index].cost]
      phases[place.phase].pieces[place.piece].waiting.removeFirst(index + 1)
    }
    begin(place, part, costs, share: share, now)
  }

  /// A part that resumes tells nothing of what a whole one takes.
  private mutating func resumed(_ spec: TrainingSpec, _ now: ContinuousClock.Instant) {
    guard let place = run(spec) else { return }
    phases[place.phase].pieces[place.piece].isResumed = true
    if let part = phases[place.phase].pieces[place.piece].current {
      begin(place, part.part, part.costs, share: part.share, now)
    }
  }

  private mutating func finished(_ spec: TrainingSpec, _ now: ContinuousClock.Instant) {
    if let place = run(spec) { end(place, now) }
    if run(spec) == nil { finished += 1 }
    running.removeAll { $0 == spec }
    trainings[spec] = nil
  }
}
