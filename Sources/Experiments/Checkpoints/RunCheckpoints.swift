import Flatness
import NeuralNetworks
import Planning
import RunStorage
import Specifications
import Training

/// The checkpoints of one run, from which it resumes after it was stopped or killed: of the training, and for
/// a residual network of the ascent of its sharpness.
///
/// A checkpoint is written when the last one is two minutes old, and when the run is cancelled. At the
/// paper's size a residual network takes days on a processor, and its checkpoint of 94 to 282 MB takes about
/// a second; a fully connected network that does not reach zero error takes hours, and its checkpoint no
/// time. None is written when another process has taken the run over. Failing to write a checkpoint is a warning,
/// not an error.
///
/// Where results are the same up to the course of a training anyhow, a run goes on with another engine than it began
/// with (``madeBy`` names both); where they are the same to the bit, a checkpoint of other arithmetic is not used. A
/// class because it keeps the time.
final class RunCheckpoints {
  private let store: CheckpointStore
  private let run: ContentKey
  private let arithmetic: FamilyArithmetic
  /// The arithmetic of the run so far, as "oneDNN …; then libtorch …" where more than one had a part in it.
  private(set) var madeBy: String
  private let interval: Duration
  private let isCancelled: @Sendable () -> Bool
  private let isLost: @Sendable () -> Bool
  private let tell: (CheckpointNotice) -> Void
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  private var timer = RunTimer()
  /// What earlier calls spent on the stage at hand.
  private(set) var takenBefore = TimeTaken.none

  init(
    store: CheckpointStore, run: ContentKey, arithmetic: FamilyArithmetic, interval: Duration = .seconds(120),
    isCancelled: @escaping @Sendable () -> Bool, isLost: @escaping @Sendable () -> Bool = { false },
    tell: @escaping (CheckpointNotice) -> Void
  ) {
    self.store = store
    self.run = run
    self.arithmetic = arithmetic
    madeBy = arithmetic.description
    self.interval = interval
    self.isCancelled = isCancelled
    self.isLost = isLost
    self.tell = tell
    last = clock.now
  }

  /// Begins the stage and returns the state from which the training resumes.
  ///
  /// - Parameter state: decodes a checkpoint; nil if it belongs to another network.
  func training<Network>(
    _ state: (Checkpoint) -> TrainingState<Network>?
  ) throws(StorageError) -> TrainingState<Network>? {
    guard let checkpoint = try begin("training") else { return nil }
    guard let state = state(checkpoint) else { return ignored("it holds no training of this network") }
    tell(.resumed(from: "epoch \(state.epoch) of its training" + others))
    return state
  }

  /// Writes a checkpoint of the training if one is due.
  func keep(training state: () -> Checkpoint) {
    guard isDue else { return }
    write(state(), of: "training")
  }

  /// Begins the stage and returns the state from which the ascent of `measurement` on `network` resumes.
  func ascent(
    of measurement: MeasurementSpec, on network: ResidualNetwork
  ) throws(StorageError) -> SharpnessAscentState? {
    guard let checkpoint = try begin(measurement.identity) else { return nil }
    guard let state = SharpnessAscentState(checkpoint),
      state.parameters.count == network.parameters.count,
      checkpoint.numbers["parameterNorm"] == [network.parameterNorm]
    else { return ignored("its ascent was one on other weights") }
    tell(.resumed(from: "step \(state.steps) of the ascent of its sharpness" + others))
    return state
  }

  /// Writes a checkpoint of the ascent of `measurement` on `network` if one is due.
  func keep(
    ascentOf measurement: MeasurementSpec, on network: ResidualNetwork, state: () -> SharpnessAscentState
  ) {
    guard isDue else { return }
    var checkpoint = state().checkpoint
    checkpoint.numbers["parameterNorm"] = [network.parameterNorm]
    write(checkpoint, of: measurement.identity)
  }

  /// Begins a stage without checkpoints.
  func begin() {
    takenBefore = .none
    (last, timer) = (clock.now, RunTimer())
  }

  /// Removes the checkpoints once the run is stored.
  func remove() {
    do {
      try store.remove(run)
    } catch {
      tell(.notRemoved(reason: "\(error)"))
    }
  }

  private var isDue: Bool { isCancelled() || last.duration(to: clock.now) >= interval }

  private func begin(_ stage: String) throws(StorageError) -> Checkpoint? {
    begin()
    switch try store.read(run, stage: stage, arithmetic: arithmetic.description) {
    case .nothing: return nil
    case .otherArithmetic(let other, let checkpoint):
      guard arithmetic.mixes else {
        return ignored("it was made with \(other), and this is \(arithmetic.description)")
      }
      let isLast = other.hasSuffix(Self.then + arithmetic.description)
      madeBy = isLast ? other : other + Self.then + arithmetic.description
      return begun(checkpoint)
    case .damaged(let damage): return ignored("\(damage.reason); it was set aside at \(damage.setAsideAt)")
    case .checkpoint(let checkpoint): return begun(checkpoint)
    }
  }

  private func begun(_ checkpoint: Checkpoint) -> Checkpoint {
    takenBefore = TimeTaken(
      seconds: checkpoint.numbers["seconds"]?.first ?? 0,
      processorSeconds: checkpoint.numbers["processorSeconds"]?.first)
    return checkpoint
  }

  private static let then = "; then "

  /// Whose work goes on here, where it is not this engine's alone.
  private var others: String { madeBy == arithmetic.description ? "" : " (\(madeBy))" }

  private func ignored<State>(_ reason: String) -> State? {
    takenBefore = .none
    madeBy = arithmetic.description
    tell(.ignored(reason: reason))
    return nil
  }

  private func write(_ checkpoint: Checkpoint, of stage: String) {
    if isLost() { return }
    var checkpoint = checkpoint
    let taken = takenBefore + timer.taken
    checkpoint.numbers["seconds"] = [taken.seconds]
    checkpoint.numbers["processorSeconds"] = taken.processorSeconds.map { [$0] }
    do {
      try store.write(checkpoint, of: run, stage: stage, arithmetic: madeBy)
    } catch {
      tell(.notWritten(reason: "\(error)"))
    }
    last = clock.now
  }
}
