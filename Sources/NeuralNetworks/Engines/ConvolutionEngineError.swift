/// Why a convolution engine cannot be made.
package enum ConvolutionEngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The library of the engine refuses an operation; `remedy` is the engine's.
  case refused(library: String, operation: String, reason: String, remedy: String)
  /// The engine is not to be had on this machine.
  case unavailable(engine: String, reason: String, remedy: String)
  /// The engine's layout asks for a multiple of `block` channels.
  case channelsNotBlocked(channels: Int, block: Int)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .refused(let library, let operation, let reason, let remedy):
      return "\(library) refused \(operation): \(reason). \(remedy)"
    case .unavailable(let engine, let reason, let remedy):
      return "the engine \(engine) is not to be had: \(reason). \(remedy)"
    case .channelsNotBlocked(let channels, let block):
      return "a layer has \(channels) channels; choose widths that are multiples of \(block)"
    }
  }
}
