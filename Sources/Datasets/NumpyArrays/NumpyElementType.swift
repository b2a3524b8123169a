/// A numeric element type of a `.npy` file: kind, size and byte order.
struct NumpyElementType {
  enum Kind: Character {
    case bool = "b"
    case signed = "i"
    case unsigned = "u"
    case float = "f"
  }
  let kind: Kind
  let size: Int
  let isBigEndian: Bool

  /// From NumPy's name, such as `<f4`, `|u1` or `>i8`; nil for a type that is not read.
  init?(_ name: String) {
    let characters = Array(name)
    guard characters.count == 3, let kind = Kind(rawValue: characters[1]),
      let size = characters[2].wholeNumberValue, "<>|=".contains(characters[0])
    else { return nil }
    let sizes: [Int] =
      switch kind {
      case .bool: [1]
      case .signed, .unsigned: [1, 2, 4, 8]
      case .float: [4, 8]
      }
    guard sizes.contains(size) else { return nil }
    self.kind = kind
    self.size = size
    isBigEndian = characters[0] == ">"
  }

  /// All elements as Float64.
  func decode(_ bytes: ArraySlice<UInt8>) -> [Double] {
    bytes.withUnsafeBytes { raw in
      (0..<raw.count / size).map { index in
        var bits: UInt64 = 0
        for byte in 0..<size {
          let position = index * size + (isBigEndian ? byte : size - 1 - byte)
          bits = bits << 8 | UInt64(raw[position])
        }
        switch kind {
        case .bool: return bits == 0 ? 0 : 1
        case .unsigned: return Double(bits)
        case .signed:
          let shift = UInt64(64 - 8 * size)
          return Double(Int64(bitPattern: bits << shift) >> Int64(shift))
        case .float:
          return size == 4
            ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
        }
      }
    }
  }
}
