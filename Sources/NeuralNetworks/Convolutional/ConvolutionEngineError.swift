/// Why a convolution engine cannot be made.
package enum ConvolutionEngineError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The library below refuses an operation.
  case failed(operation: String, reason: String)
  /// The engine's layout asks for a multiple of `block` channels.
  case channelsNotBlocked(channels: Int, block: Int)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .failed(let operation, let reason):
      return """
        oneDNN refused \(operation): \(reason). With too little memory, ask for a smaller batch; otherwise check that \
        libdnnl-dev is Debian 12's (2.6)
        """
    case .channelsNotBlocked(let channels, let block):
      return "a layer has \(channels) channels; choose widths that are multiples of \(block)"
    }
  }
}
