import Flatness
import NeuralNetworks
import Planning
import RunStorage
import Specifications
import Training

/// The checkpoints of one run, from which it goes on after it was stopped or killed: of the training, and for a
/// residual network of the ascent of its sharpness.
///
/// One is written when the last is two minutes old, or when the run is about to be given up. At the paper's
/// size a residual network takes days on a processor, and its checkpoint of 94 to 282 MB about a second; a
/// fully connected one that does not come to zero error takes hours, and its checkpoint no time. One that
/// cannot be written is told of, and the run goes on. A class because it keeps the time.
final class RunCheckpoints {
  private let store: CheckpointStore
  private let run: ContentKey
  private let arithmetic: String
  private let interval: Duration
  private let isCancelled: @Sendable () -> Bool
  private let tell: (CheckpointNotice) -> Void
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  private var start: ContinuousClock.Instant
  /// Seconds that earlier calls spent on the stage at hand.
  private(set) var secondsBefore = 0.0

  init(
    store: CheckpointStore, run: ContentKey, arithmetic: String, interval: Duration = .seconds(120),
    isCancelled: @escaping @Sendable () -> Bool, tell: @escaping (CheckpointNotice) -> Void
  ) {
    self.store = store
    self.run = run
    self.arithmetic = arithmetic
    self.interval = interval
    self.isCancelled = isCancelled
    self.tell = tell
    (last, start) = (clock.now, clock.now)
  }

  /// What the training goes on from; begins the stage.
  ///
  /// - Parameter state: the state in a checkpoint; nil where it is none of the network at hand.
  func training<Network>(
    _ state: (Checkpoint) -> TrainingState<Network>?
  ) throws(StorageError) -> TrainingState<Network>? {
    guard let checkpoint = try begin("training") else { return nil }
    guard let state = state(checkpoint) else { return ignored("it holds no training of this network") }
    tell(.resumed(from: "epoch \(state.epoch) of its training"))
    return state
  }

  /// Keeps the state of the training, where that is due.
  func keep(training state: () -> Checkpoint) {
    guard isDue else { return }
    write(state(), of: "training")
  }

  /// What the ascent of `measurement` on `network` goes on from; begins the stage.
  func ascent(
    of measurement: MeasurementSpec, on network: ResidualNetwork
  ) throws(StorageError) -> SharpnessAscentState? {
    guard let checkpoint = try begin(measurement.identity) else { return nil }
    guard let state = SharpnessAscentState(checkpoint),
      state.parameters.count == network.parameters.count,
      checkpoint.numbers["parameterNorm"] == [network.parameterNorm]
    else { return ignored("its ascent was one on other weights") }
    tell(.resumed(from: "step \(state.steps) of the ascent of its sharpness"))
    return state
  }

  /// Keeps the state of the ascent of `measurement` on `network`, where that is due.
  func keep(
    ascentOf measurement: MeasurementSpec, on network: ResidualNetwork, state: () -> SharpnessAscentState
  ) {
    guard isDue else { return }
    var checkpoint = state().checkpoint
    checkpoint.numbers["parameterNorm"] = [network.parameterNorm]
    write(checkpoint, of: measurement.identity)
  }

  /// Begins a stage that keeps nothing.
  func begin() {
    secondsBefore = 0
    (last, start) = (clock.now, clock.now)
  }

  /// Removes what is kept, when the run is stored.
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
    switch try store.read(run, stage: stage, arithmetic: arithmetic) {
    case .nothing: return nil
    case .otherArithmetic(let other):
      return ignored("it was made with \(other), and this is \(arithmetic)")
    case .damaged(let damage): return ignored("\(damage.reason); it was set aside at \(damage.setAsideAt)")
    case .checkpoint(let checkpoint):
      secondsBefore = checkpoint.numbers["seconds"]?.first ?? 0
      return checkpoint
    }
  }

  private func ignored<State>(_ reason: String) -> State? {
    secondsBefore = 0
    tell(.ignored(reason: reason))
    return nil
  }

  private func write(_ checkpoint: Checkpoint, of stage: String) {
    var checkpoint = checkpoint
    checkpoint.numbers["seconds"] = [secondsBefore + start.duration(to: clock.now).seconds]
    do {
      try store.write(checkpoint, of: run, stage: stage, arithmetic: arithmetic)
    } catch {
      tell(.notWritten(reason: "\(error)"))
    }
    last = clock.now
  }
}
