/// A dense matrix, row-major: element (i, j) is `elements[i * columns + j]`.
///
/// Float32 for network inputs and weights, Float64 for kernels and statistics.
package struct Matrix<Scalar: BinaryFloatingPoint & Sendable>: Sendable, Equatable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int
  /// All elements, row after row; `rows * columns` of them.
  package var elements: [Scalar]

  /// A matrix from its elements in row-major order.
  package init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "expected \(rows) × \(columns) = \(rows * columns) elements, got \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix filled with one value.
  package init(rows: Int, columns: Int, repeating value: Scalar = 0) {
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// A matrix from nested rows, all of the same length.
  package init(_ rows: [[Scalar]]) {
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }

  /// Element (row, column).
  @inlinable package subscript(row: Int, column: Int) -> Scalar {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// Row `index` as a slice of the elements, length `columns`.
  @inlinable package func row(_ index: Int) -> ArraySlice<Scalar> {
    elements[index * columns..<(index + 1) * columns]
  }

  /// The rows of `self` followed by the rows of `other`; both have the same number of columns.
  package func appendingRows(of other: Matrix) -> Matrix {
    precondition(columns == other.columns, "expected \(columns) columns, got \(other.columns)")
    return Matrix(rows: rows + other.rows, columns: columns, elements: elements + other.elements)
  }

  /// The chosen rows, in the order given.
  package func rows(at indices: some Sequence<Int>) -> Matrix {
    var chosen: [Scalar] = []
    var count = 0
    for index in indices {
      chosen.append(contentsOf: row(index))
      count += 1
    }
    return Matrix(rows: count, columns: columns, elements: chosen)
  }
}

extension Matrix where Scalar == Float {
  /// The same numbers in Float64.
  package var inDoublePrecision: Matrix<Double> {
    Matrix<Double>(rows: rows, columns: columns, elements: elements.map(Double.init))
  }
}
