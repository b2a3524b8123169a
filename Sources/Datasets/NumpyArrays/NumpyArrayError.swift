/// What is wrong with a `.npy` file, and what to do.
package enum NumpyArrayError: Error, Sendable, Equatable, CustomStringConvertible {
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  /// The first bytes are not those of the format, or the header cannot be read.
  case badHeader(path: String, reason: String)
  /// The file holds fewer bytes than its header promises.
  case wrongSize(path: String, expected: Int, got: Int)
  /// An element type that is not read.
  case unsupportedType(path: String, type: String)
  /// The array's shape is not the one that is needed.
  case wrongShape(path: String, expected: String, got: [Int])
  /// An element is NaN or infinite.
  case notFinite(path: String, index: Int)
  /// A network's logit on a row is NaN or infinite.
  case logitNotFinite(path: String, row: Int)
  /// A label is neither of the two classes.
  case badLabel(path: String, index: Int, value: Double)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .cannotRead(let path, let reason): return "cannot read \(path): \(reason)"
    case .cannotWrite(let path, let reason):
      return "cannot write \(path): \(reason). Choose a folder that can be written and has room"
    case .badHeader(let path, let reason):
      return "\(path) is not a .npy file: \(reason). Write it with numpy.save"
    case .wrongSize(let path, let expected, let got):
      return """
        \(path): its header promises \(expected) bytes of elements, the file holds \(got). Write or copy the \
        file again
        """
    case .unsupportedType(let path, let type):
      return """
        \(path) holds elements of type \(type); integers, bool, float32 and float64 are read. Convert it, for example \
        with array.astype('float64')
        """
    case .wrongShape(let path, let expected, let got):
      return "\(path) has shape \(got), expected \(expected)"
    case .notFinite(let path, let index):
      return "\(path): element \(index) (counted from 0, row by row) is NaN or infinite"
    case .logitNotFinite(let path, let row):
      return """
        \(path): the network's logit on row \(row) (counted from 0) is NaN or infinite. Scale the inputs as in the \
        training
        """
    case .badLabel(let path, let index, let value):
      return "\(path): element \(index) (counted from 0) is \(value); labels are 0 and 1, or −1 and +1"
    }
  }
}
