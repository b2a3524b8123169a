import Experiments
import Specifications

/// The pieces of a call's work with what is left of each, and what is learned from those that are done.
struct PendingWork: Sendable {
  /// Where a piece stands: its phase, and its place in it.
  typealias Place = (phase: Int, piece: Int)

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
    /// The epochs that are expected of a training.
    let epochs: Double?
    let started: ContinuousClock.Instant
    /// The share that was done when it began: more than none if an earlier call had done it.
    var startShare: Double
    /// The share that is done, where it is known.
    var share: Double

    var isWhole: Bool { startShare == 0 }
  }
  private struct Phase {
    let stage: Int
    let atOnce: Int
    var pieces: [Piece]
  }
  /// What an earlier call had done of a part, where that is not known.
  private static let unknownShare = 1e-6
  /// A training that has taken as many epochs as were expected of it is taken to need a fifth more of its epochs.
  private static let overrun = 1.2

  private var phases: [Phase]
  /// Where each run has its pieces: a run of several stages has several.
  private var places: [TrainingSpec: [Place]] = [:]
  private var corrections = CostCorrections()

  init(_ estimate: WorkEstimate) {
    phases = estimate.phases.map { stage, phase in
      Phase(
        stage: stage, atOnce: phase.atOnce,
        pieces: phase.pieces.map { piece in
          var waiting: [PartCost] = []
          if case .run(_, let parts) = piece { waiting = parts }
          return Piece(content: piece, waiting: waiting)
        })
    }
    for phase in phases.indices {
      for piece in phases[phase].pieces.indices {
        if case .run(let spec, _) = phases[phase].pieces[piece].content {
          places[spec, default: []].append((phase, piece))
        }
      }
    }
  }

  /// What work of each class took.
  var history: CostHistory { corrections.history }

  /// How many runs have something left to do.
  var unfinishedRuns: Int { places.keys.count { run($0) != nil } }

  /// The first piece that is not done and meets a condition.
  func first(where condition: (WorkEstimate.Piece) -> Bool) -> Place? {
    for phase in phases.indices {
      for piece in phases[phase].pieces.indices
      where !phases[phase].pieces[piece].isDone && condition(phases[phase].pieces[piece].content) {
        return (phase, piece)
      }
    }
    return nil
  }

  /// The run's first piece that is not done.
  func run(_ spec: TrainingSpec) -> Place? {
    places[spec]?.first { !phases[$0.phase].pieces[$0.piece].isDone }
  }

  func content(_ place: Place) -> WorkEstimate.Piece { phases[place.phase].pieces[place.piece].content }

  func isUnderWay(_ place: Place) -> Bool { phases[place.phase].pieces[place.piece].current != nil }

  // MARK: What is left

  /// Seconds of wall time, as pieces run side by side.
  func secondsLeft(_ now: ContinuousClock.Instant) -> Double {
    phases.reduce(0) { sum, phase in
      sum
        + WorkEstimate.Phase.seconds(
          phase.pieces.filter { !$0.isDone }.map { secondsLeft(of: $0, now) }, atOnce: phase.atOnce)
    }
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

  // MARK: What happens

  /// Begins the work at `place` that is one part, of which `share` is done.
  mutating func begin(_ place: Place, _ costs: [WorkCost], share: Double = 0, _ now: ContinuousClock.Instant)
  {
    begin(place, nil, costs, epochs: nil, share: share, now)
  }

  private mutating func begin(
    _ place: Place, _ part: RunPart?, _ costs: [WorkCost], epochs: Double?, share: Double,
    _ now: ContinuousClock.Instant
  ) {
    let share = phases[place.phase].pieces[place.piece].isResumed ? max(share, Self.unknownShare) : share
    phases[place.phase].pieces[place.piece].isResumed = false
    phases[place.phase].pieces[place.piece].current = Part(
      part: part, costs: costs, epochs: epochs, started: now, startShare: share, share: share)
  }

  /// The part under way has come to `share`.
  mutating func advance(_ place: Place, to share: Double) {
    phases[place.phase].pieces[place.piece].current?.share = share
  }

  /// A part of a run has come to `share`, or begins with none of it.
  mutating func advance(_ place: Place, _ part: RunPart, to share: Double, _ now: ContinuousClock.Instant) {
    let piece = phases[place.phase].pieces[place.piece]
    if piece.current?.part == part, share > 0 { return advance(place, to: share) }
    endPart(place, now)
    var costs: [WorkCost] = []
    var epochs: Double?
    if let index = piece.waiting.firstIndex(where: { $0.part == part }) {
      // Parts before it are left out, as those of a training that did not come to zero error.
      costs = [piece.waiting[index].cost]
      epochs = piece.waiting[index].epochs
      phases[place.phase].pieces[place.piece].waiting.removeFirst(index + 1)
    }
    begin(place, part, costs, epochs: epochs, share: share, now)
  }

  /// The training under way has taken so many epochs, those before a checkpoint with them.
  mutating func advance(_ place: Place, epochs: Int) {
    guard let part = phases[place.phase].pieces[place.piece].current, let expected = part.epochs else {
      return
    }
    let share = Double(epochs) / max(expected, Self.overrun * Double(epochs))
    phases[place.phase].pieces[place.piece].current?.share = share
    if part.startShare == Self.unknownShare {
      phases[place.phase].pieces[place.piece].current?.startShare = share
    }
  }

  /// The part under way, or else the next one, goes on from a checkpoint: it tells nothing of what a whole one
  /// takes.
  mutating func resume(_ place: Place, _ now: ContinuousClock.Instant) {
    phases[place.phase].pieces[place.piece].isResumed = true
    if let part = phases[place.phase].pieces[place.piece].current {
      begin(place, part.part, part.costs, epochs: part.epochs, share: part.share, now)
    }
  }

  /// Ends the part under way and learns from its time.
  private mutating func endPart(_ place: Place, _ now: ContinuousClock.Instant) {
    if let part = phases[place.phase].pieces[place.piece].current, part.isWhole {
      corrections.add(part.costs, taken: part.started.duration(to: now).seconds)
    }
    phases[place.phase].pieces[place.piece].current = nil
  }

  /// Ends the piece at `place`.
  mutating func end(_ place: Place, _ now: ContinuousClock.Instant) {
    endPart(place, now)
    phases[place.phase].pieces[place.piece].isDone = true
  }

  /// Ends what stands before `place` and did not come: an earlier call or another process has done it.
  mutating func endAll(before place: Place) {
    for phase in phases.indices where phase < place.phase {
      for piece in phases[phase].pieces.indices { phases[phase].pieces[piece].isDone = true }
    }
  }

  /// Of the first stage that has some of these runs to do, and those before it, leaves the wanted runs alone.
  mutating func prepare(_ wanted: Set<TrainingSpec>, _ now: ContinuousClock.Instant) {
    guard
      let place = first(where: { if case .run(let spec, _) = $0 { wanted.contains(spec) } else { false } })
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
          if phases[phase].stage == stage { begin((phase, piece), costs, now) }
        case .sample, .monteCarloKernels, .report: break
        }
      }
    }
  }
}
