/// Why a training gave no network.
package enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The caller asked to stop, in this epoch.
  case cancelled(epoch: Int)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .cancelled(let epoch):
      return "training was interrupted in epoch \(epoch); call again to run it from its beginning"
    }
  }
}
