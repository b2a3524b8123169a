/// The header of a `.npy` file: a Python dictionary literal with three known keys.
struct NumpyHeader {
  let typeName: String
  let element: NumpyElementType
  let isColumnMajor: Bool
  let shape: [Int]
  /// The number of elements.
  let count: Int

  init(_ text: String, path: String) throws(NumpyArrayError) {
    // NumPy reads no longer ones unless it is told to trust the file.
    guard text.unicodeScalars.count <= 10_000 else {
      throw .badHeader(path: path, reason: "its header has more than 10 000 characters")
    }
    let literal: PythonLiteral
    do throws(PythonLiteralReader.Unreadable) {
      literal = try PythonLiteralReader.value(text)
    } catch {
      throw .badHeader(path: path, reason: "its header cannot be read from character \(error.place) on")
    }
    guard case .dictionary(let entries) = literal else {
      throw .badHeader(path: path, reason: "its header is not a dictionary")
    }
    let keys = ["descr", "fortran_order", "shape"]
    if let missing = keys.first(where: { entries[$0] == nil }) {
      throw .badHeader(path: path, reason: "its header has no '\(missing)'")
    }
    if let unknown = entries.keys.sorted().first(where: { !keys.contains($0) }) {
      throw .badHeader(path: path, reason: "its header has the unknown key '\(unknown)'")
    }
    guard case .text(let typeName) = entries["descr"] else {
      throw .unsupportedType(path: path, type: "of several fields")
    }
    guard let element = NumpyElementType(typeName) else {
      throw .unsupportedType(path: path, type: "'\(typeName)'")
    }
    self.typeName = typeName
    self.element = element
    guard case .word(let order) = entries["fortran_order"], order != "None" else {
      throw .badHeader(path: path, reason: "its fortran_order is neither True nor False")
    }
    isColumnMajor = order == "True"
    guard case .tuple(let dimensions) = entries["shape"] else {
      throw .badHeader(path: path, reason: "its shape is not a tuple")
    }
    var shape: [Int] = []
    var count = element.size
    for dimension in dimensions {
      guard case .number(let length) = dimension else {
        throw .badHeader(path: path, reason: "its shape holds something else than whole numbers")
      }
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard !overflow else { throw .badHeader(path: path, reason: "its shape is too large") }
      count = product
      shape.append(length)
    }
    self.shape = shape
    self.count = count / element.size
  }
}
