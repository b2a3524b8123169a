/// The header of a `.npy` file: a Python dictionary literal with three known keys.
struct NumpyHeader {
  let typeName: String
  let element: NumpyElementType
  let isColumnMajor: Bool
  let shape: [Int]
  /// The number of elements.
  let count: Int

  init(_ text: String, path: String) throws(NumpyArrayError) {
    func value(after key: String, upTo ends: Set<Character>) throws(NumpyArrayError) -> String {
      guard let range = text.firstRange(of: "'\(key)':") else {
        throw .badHeader(path: path, reason: "its header has no '\(key)'")
      }
      let rest = text[range.upperBound...].drop { $0 == " " }
      return String(rest.prefix { !ends.contains($0) })
    }
    let quoted = try value(after: "descr", upTo: [","])
    typeName = quoted.filter { $0 != "'" && $0 != "\"" }
    guard let element = NumpyElementType(typeName) else {
      throw .unsupportedType(path: path, type: quoted)
    }
    self.element = element
    isColumnMajor = try value(after: "fortran_order", upTo: [",", "}"]) == "True"
    let tuple = try value(after: "shape", upTo: [")"])
    guard tuple.first == "(" else { throw .badHeader(path: path, reason: "its shape is not a tuple") }
    var shape: [Int] = []
    var count = element.size
    for part in tuple.dropFirst().split(separator: ",") {
      let digits = part.filter { $0 != " " }
      if digits.isEmpty { continue }
      guard let dimension = Int(digits), dimension >= 0 else {
        throw .badHeader(path: path, reason: "its shape \(tuple)) holds '\(digits)'")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw .badHeader(path: path, reason: "its shape \(tuple)) is too large") }
      count = product
      shape.append(dimension)
    }
    self.shape = shape
    self.count = count / element.size
  }
}
