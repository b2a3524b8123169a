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

  /// What NumPy's type codes of one letter, which may follow a byte order, stand for on 64 bits of Linux.
  private static let codes = [
    "?": "b1", "b": "i1", "B": "u1", "h": "i2", "H": "u2", "i": "i4", "I": "u4", "l": "i8", "L": "u8",
    "q": "i8", "Q": "u8", "p": "i8", "P": "u8", "f": "f4", "d": "f8",
  ]
  /// The same of its words, which do not.
  private static let words = [
    "bool": "b1", "bool_": "b1", "float32": "f4", "single": "f4", "float64": "f8", "double": "f8",
    "float": "f8",
    "int8": "i1", "byte": "i1", "int16": "i2", "short": "i2", "int32": "i4", "intc": "i4", "int64": "i8",
    "int": "i8", "int_": "i8", "long": "i8", "longlong": "i8", "intp": "i8", "uint8": "u1", "ubyte": "u1",
    "uint16": "u2", "ushort": "u2", "uint32": "u4", "uintc": "u4", "uint64": "u8", "uint": "u8",
    "ulong": "u8",
    "ulonglong": "u8", "uintp": "u8",
  ]

  /// From NumPy's name, such as `<f4`, `|u1`, `>i8`, `f8` or `float64`; nil for a type that is not read.
  init?(_ name: String) {
    let order = name.first.flatMap { "<>|=".contains($0) ? $0 : nil }
    let type = order == nil ? name : String(name.dropFirst())
    let characters = Array(Self.codes[type] ?? (order == nil ? Self.words[type] : nil) ?? type)
    guard characters.count == 2, let kind = Kind(rawValue: characters[0]),
      let size = characters[1].wholeNumberValue
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
    isBigEndian = order == ">"
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
