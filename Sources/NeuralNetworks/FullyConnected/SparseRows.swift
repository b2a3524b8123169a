import CNetworkProducts
package import LinearAlgebra

/// A matrix of which only the non-zeros are held, row after row (compressed sparse rows).
///
/// A term of a product that is absent is not computed: where 0 · NaN would be NaN and 0 · ∞ would be NaN, the
/// sum stays as it is.
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

  func withCompressed(_ body: (SparseMatrix) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      elements.withUnsafeBufferPointer { elements in
        // Without non-zeros the pointer may be missing, and there is nothing to read at it.
        withUnsafePointer(to: SparseElement()) {
          body(
            SparseMatrix(
              starts: starts.baseAddress, elements: elements.baseAddress ?? $0, blocks: Int64(blockCount)))
        }
      }
    }
  }
}
