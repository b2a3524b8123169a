/// Why a flatness measure gave no number.
public enum FlatnessError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The loss on S was NaN or infinite after this step of the ascent (0 is the network as given).
  case lossNotFinite(step: Int)
  /// The caller asked to stop, in this epoch of the ascent.
  case cancelled(epoch: Int)

  /// The fact and its remedy.
  public var description: String {
    switch self {
    case .lossNotFinite(0):
      return "the network's loss on S is not a finite number: check its weights and inputs for NaN"
    case .lossNotFinite(let step):
      return
        "the loss became NaN or infinite at step \(step) of the ascent: use a smaller learning rate or a smaller box"
    case .cancelled(let epoch):
      return "the ascent was interrupted in epoch \(epoch); call again to run it from its beginning"
    }
  }
}
