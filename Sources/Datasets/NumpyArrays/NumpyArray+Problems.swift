package import LinearAlgebra

extension NumpyArray {
  /// Inputs for a network or a kernel: shape `[n, d]`, finite, taken as they are.
  package func inputs(path: String) throws(NumpyArrayError) -> Matrix<Double> {
    guard shape.count == 2, shape[0] > 0, shape[1] > 0 else {
      throw .wrongShape(path: path, expected: "[n, d]", got: shape)
    }
    if let index = elements.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(path: path, index: index)
    }
    return Matrix(rows: shape[0], columns: shape[1], elements: elements)
  }

  /// Labels as 0/1 from an array of shape `[n]` (or `[n, 1]`) of 0/1 or −1/+1.
  package func labels(path: String) throws(NumpyArrayError) -> [UInt8] {
    guard shape.count == 1 || (shape.count == 2 && shape[1] == 1), !elements.isEmpty else {
      throw .wrongShape(path: path, expected: "[n]", got: shape)
    }
    var labels: [UInt8] = []
    let lower: Double = elements.contains(-1) ? -1 : 0
    for (index, value) in elements.enumerated() {
      guard value == 1 || value == lower else { throw .badLabel(path: path, index: index, value: value) }
      labels.append(value == 1 ? 1 : 0)
    }
    return labels
  }
}
