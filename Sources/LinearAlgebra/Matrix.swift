/// A dense matrix, row-major: element (i, j) is `elements[i * columns + j]`.
///
/// Float32 for network inputs and weights, Float64 for kernels and statistics.
public struct Matrix<Scalar: BinaryFloatingPoint & Sendable>: Sendable, Equatable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// All elements, row after row; `rows * columns` of them.
  public var elements: [Scalar]

  /// A matrix from its elements in row-major order.
  public init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "expected \(rows) × \(columns) = \(rows * columns) elements, got \(elements.count)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// A matrix filled with one value.
  public init(rows: Int, columns: Int, repeating value: Scalar = 0) {
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// A matrix from nested rows, all of the same length.
  public init(_ rows: [[Scalar]]) {
    self.init(rows: rows.count, columns: rows.first?.count ?? 0, elements: rows.flatMap { $0 })
  }

  /// Element (row, column).
  @inlinable public subscript(row: Int, column: Int) -> Scalar {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  /// Row `index` as a slice of the elements, length `columns`.
  @inlinable public func row(_ index: Int) -> ArraySlice<Scalar> {
    elements[index * columns..<(index + 1) * columns]
  }

  /// The rows of `self` followed by the rows of `other`; both have the same number of columns.
  public func appendingRows(of other: Matrix) -> Matrix {
    precondition(columns == other.columns, "expected \(columns) columns, got \(other.columns)")
    return Matrix(rows: rows + other.rows, columns: columns, elements: elements + other.elements)
  }

  /// The chosen rows, in the order given.
  public func rows(at indices: some Sequence<Int>) -> Matrix {
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
  public var inDoublePrecision: Matrix<Double> {
    Matrix<Double>(rows: rows, columns: columns, elements: elements.map(Double.init))
  }
}
