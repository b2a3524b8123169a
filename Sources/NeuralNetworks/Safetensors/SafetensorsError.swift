/// What is wrong with a safetensors file, and what to do.
package enum SafetensorsError: Error, Sendable, Equatable, CustomStringConvertible {
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// The file ends before byte `needed`.
  case truncated(path: String, size: Int, needed: Int)
  /// The header is not the JSON that the format asks for.
  case badHeader(path: String, reason: String)
  /// A tensor's type, shape and byte range do not agree.
  case badTensor(path: String, tensor: String, reason: String)
  /// The tensors are not those of a fully connected network with one logit.
  case notANetwork(path: String, reason: String)
  /// The tensors are not those of the residual network that was asked for.
  case notAResidualNetwork(path: String, reason: String)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .cannotRead(let path, let reason): return "cannot read \(path): \(reason)"
    case .cannotWrite(let path, let reason):
      return "cannot write \(path): \(reason). Choose a folder that can be written and has room"
    case .truncated(let path, let size, let needed):
      return """
        \(path) is cut short: it has \(size) bytes and its own header asks for \(needed). Write or copy the \
        file again
        """
    case .badHeader(let path, let reason):
      return "\(path) is not a safetensors file: \(reason)"
    case .badTensor(let path, let tensor, let reason):
      return "\(path): tensor '\(tensor)': \(reason)"
    case .notAResidualNetwork(let path, let reason):
      return """
        \(path) does not hold ResNet-50 for 32×32 images with one logit: \(reason). Expected torchvision's names and \
        shapes, with a 3×3 conv1 and fc.weight [1, 2048]
        """
    case .notANetwork(let path, let reason):
      return """
        \(path) does not hold a fully connected network: \(reason). Expected layers.0.weight [out, in], \
        layers.0.bias [out], layers.1.weight, …, ending with one output
        """
    }
  }
}
