import CSparseProducts
package import LinearAlgebra

/// A matrix of which only the non-zeros are held, row after row (compressed sparse rows), and its two
/// products with a dense one.
///
/// Each number of a product is one sum in ascending order, with one fused multiply-add a term, whatever the
/// width of the processor's vectors: the products are the same bits on every processor. A term that is absent
/// is not computed: where 0 · NaN would be NaN and 0 · ∞ would be NaN, the sum stays as it is.
package struct SparseRows: Sendable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns of the dense matrix.
  package let columns: Int
  /// Block b of row r holds `elements[starts[s]..<starts[s + 1]]`, s = r · blockCount + b, columns ascending.
  private let starts: [Int64]
  private let blockCount: Int
  private let elements: [SparseElement]

  /// The non-zeros of `matrix`; a NaN is one. One pass over the matrix.
  package init(of matrix: Matrix<Float>) {
    precondition(
      matrix.columns > 0 && matrix.columns <= Int(UInt32.max),
      "expected 1 to 2³² − 1 columns, got \(matrix.columns)")
    rows = matrix.rows
    columns = matrix.columns
    var starts: [Int64] = [0]
    var elements: [SparseElement] = []
    for row in 0..<matrix.rows {
      for block in stride(from: 0, to: matrix.columns, by: Self.blockWidth) {
        for column in block..<min(block + Self.blockWidth, matrix.columns) {
          let value = matrix.elements[row * matrix.columns + column]
          if value != 0 { elements.append(SparseElement(column: UInt32(column), value: value)) }
        }
        starts.append(Int64(elements.count))
      }
    }
    blockCount = (matrix.columns + Self.blockWidth - 1) / Self.blockWidth
    self.starts = starts
    self.elements = elements
  }

  /// Columns of a block: their weights, at most 48 of each column at a time, take 27 KB of the 32 KB or more
  /// that a processor's first cache has.
  private static let blockWidth = 144

  /// The share of non-zeros among all numbers of the dense matrix; 0 for a matrix without numbers.
  package var density: Double {
    elements.isEmpty ? 0 : Double(elements.count) / (Double(rows) * Double(columns))
  }

  /// product ← (the chosen rows) · dense; 2 · non-zeros · width flops, no allocation.
  ///
  /// - Parameters:
  ///   - selection: which rows, in which order; a row may come twice.
  ///   - dense: row-major, shape `[columns, width]`.
  ///   - width: a multiple of ``laneCount``.
  ///   - product: shape `[selection.count, width]`.
  package func multiply(
    _ selection: UnsafeBufferPointer<Int>, by dense: UnsafePointer<Float>, width: Int,
    into product: UnsafeMutablePointer<Float>
  ) {
    multiply(selection, by: dense, width: width, into: product, .fastest)
  }

  /// target ← target + scale · (the chosen rows)ᵀ · errors: what a gradient with respect to `dense` needs.
  ///
  /// - Parameters:
  ///   - errors: row-major, shape `[selection.count, width]`.
  ///   - width: a multiple of ``laneCount``.
  ///   - target: shape `[columns, width]`.
  package func addTransposed(
    _ selection: UnsafeBufferPointer<Int>, times errors: UnsafePointer<Float>, width: Int, scale: Float,
    to target: UnsafeMutablePointer<Float>
  ) {
    addTransposed(selection, times: errors, width: width, scale: scale, to: target, .fastest)
  }

  /// The products come in steps of so many columns.
  package static let laneCount = 8

  /// The path that computes a product; both give the same bits, and the tests compare them.
  enum Arithmetic {
    case portable, fastest

    var inC: SparseArithmetic {
      self == .portable ? SparseArithmeticPortable : sparse_fastest_arithmetic()
    }
  }

  func multiply(
    _ selection: UnsafeBufferPointer<Int>, by dense: UnsafePointer<Float>, width: Int,
    into product: UnsafeMutablePointer<Float>, _ arithmetic: Arithmetic
  ) {
    check(selection, width)
    withCompressed(selection) { starts, elements, chosen in
      sparse_rows_times_dense(
        arithmetic.inC, starts, Int64(blockCount), elements, chosen, Int64(selection.count), dense,
        Int64(width), product)
    }
  }

  func addTransposed(
    _ selection: UnsafeBufferPointer<Int>, times errors: UnsafePointer<Float>, width: Int, scale: Float,
    to target: UnsafeMutablePointer<Float>, _ arithmetic: Arithmetic
  ) {
    check(selection, width)
    withCompressed(selection) { starts, elements, chosen in
      sparse_rows_transposed_times_dense(
        arithmetic.inC, starts, Int64(blockCount), elements, chosen, Int64(selection.count), scale, errors,
        Int64(width), target)
    }
  }

  private func check(_ selection: UnsafeBufferPointer<Int>, _ width: Int) {
    precondition(
      width > 0 && width % Self.laneCount == 0,
      "expected a width in steps of \(Self.laneCount), got \(width)")
    precondition(
      selection.allSatisfy { $0 >= 0 && $0 < rows }, "expected rows below \(rows), got \(Array(selection))")
  }

  private func withCompressed(
    _ selection: UnsafeBufferPointer<Int>,
    _ body: (UnsafePointer<Int64>, UnsafePointer<SparseElement>, UnsafePointer<Int64>) -> Void
  ) {
    starts.withUnsafeBufferPointer { starts in
      elements.withUnsafeBufferPointer { elements in
        // Without rows or without non-zeros a pointer may be missing, and there is nothing to read at it.
        guard let starts = starts.baseAddress, let chosen = selection.baseAddress else { return }
        chosen.withMemoryRebound(to: Int64.self, capacity: selection.count) { chosen in
          withUnsafePointer(to: SparseElement()) { body(starts, elements.baseAddress ?? $0, chosen) }
        }
      }
    }
  }
}
