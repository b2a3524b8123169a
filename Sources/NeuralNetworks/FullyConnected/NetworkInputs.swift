package import LinearAlgebra

/// The inputs of a network's examples, row by row, as its first layer reads them: the non-zeros alone where
/// most are zero, else all of them.
package struct NetworkInputs: Sendable {
  /// The number of examples.
  package let rows: Int
  /// The number of inputs.
  package let columns: Int
  private let content: Content

  private enum Content: Sendable {
    case sparse(SparseRows)
    case dense(AlignedFloats, stride: Int)
    case inPlace(Matrix<Float>)
  }

  /// Above this share of non-zeros products are dense ones. MNIST has about 0.25 of the inputs that are
  /// non-zero anywhere, CIFAR-10 nearly 1; with 40 units a step costs the same either way at about 0.45.
  static let largestSparseDensity = 0.4

  /// The rows of `matrix`, shape `[n, d]`, d > 0. Copies it.
  package init(_ matrix: Matrix<Float>) {
    rows = matrix.rows
    columns = matrix.columns
    let sparse = SparseRows(of: matrix)
    content = sparse.density <= Self.largestSparseDensity ? .sparse(sparse) : Self.dense(matrix)
  }

  /// The rows of `matrix`, all of them dense and where they are: for a pass or two, which a copy would outlast.
  init(inPlace matrix: Matrix<Float>) {
    (rows, columns) = (matrix.rows, matrix.columns)
    content = .inPlace(matrix)
  }

  /// Whether the non-zeros alone are held.
  package var areSparse: Bool { if case .sparse = content { true } else { false } }

  /// A gradient reads a column of many rows at once. Rows start on cache lines, and an odd number of those
  /// apart: with 3072 inputs a column's numbers would otherwise all meet in one set of the first cache.
  private static func dense(_ matrix: Matrix<Float>) -> Content {
    let floatsOfLine = 16
    let lines = (matrix.columns + floatsOfLine - 1) / floatsOfLine
    let stride = (lines | 1) * floatsOfLine
    let copy = AlignedFloats(count: matrix.rows * stride)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        copy.buffer[row * stride + column] = matrix.elements[row * matrix.columns + column]
      }
    }
    return .dense(copy, stride: stride)
  }

  /// output ← biases + (the chosen rows) · weights, and then as `ends` says.
  ///
  /// - Parameters:
  ///   - selection: which rows, in which order; a row may come twice.
  ///   - weights: row-major, shape `[columns, width]`.
  ///   - output: shape `[selection.count, width]`.
  func multiply(
    _ selection: UnsafeBufferPointer<Int>, by weights: UnsafePointer<Float>, width: Int,
    _ ends: LayerProducts.Ends, into output: UnsafeMutablePointer<Float>, _ products: LayerProducts
  ) {
    check(selection, width)
    guard let numbers = selection.baseAddress else { return }
    withRows(
      sparse: {
        products.multiply($0, numbers, count: selection.count, by: weights, width: width, ends, into: output)
      },
      dense: {
        products.multiply($0, numbers, count: selection.count, by: weights, width: width, ends, into: output)
      })
  }

  /// target ← target + (the chosen rows)ᵀ · errors.
  ///
  /// - Parameters:
  ///   - errors: row-major, shape `[selection.count, width]`.
  ///   - target: shape `[columns, width]`.
  func addGradient(
    _ selection: UnsafeBufferPointer<Int>, errors: UnsafePointer<Float>, width: Int,
    to target: UnsafeMutablePointer<Float>, _ products: LayerProducts
  ) {
    check(selection, width)
    guard let numbers = selection.baseAddress else { return }
    withRows(
      sparse: {
        products.addGradient($0, numbers, count: selection.count, errors: errors, width: width, to: target)
      },
      dense: {
        products.addGradient($0, numbers, count: selection.count, errors: errors, width: width, to: target)
      })
  }

  private func withRows(sparse: (SparseRows) -> Void, dense: (LayerProducts.DenseRows) -> Void) {
    switch content {
    case .sparse(let rows): sparse(rows)
    case .dense(let values, let stride):
      dense(LayerProducts.DenseRows(values: values.start, stride: stride, depth: columns))
    case .inPlace(let matrix):
      matrix.elements.withUnsafeBufferPointer { values in
        guard let values = values.baseAddress else { return }
        dense(LayerProducts.DenseRows(values: values, stride: columns, depth: columns))
      }
    }
  }

  private func check(_ selection: UnsafeBufferPointer<Int>, _ width: Int) {
    precondition(
      width > 0 && width % TransposedLayout.laneCount == 0,
      "expected a width in steps of \(TransposedLayout.laneCount), got \(width)")
    precondition(
      selection.allSatisfy { $0 >= 0 && $0 < rows }, "expected rows below \(rows), got \(Array(selection))")
  }
}
