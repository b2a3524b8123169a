import Foundation
import LinearAlgebra
import TestSupport
import Testing

struct BlockedInverseTests {
  /// The lower triangle that is left, with zeros above it, and ½ log det.
  private func inverted(
    _ matrix: Matrix<Double>, block: Int, size: Int? = nil, keeping kept: BlockedInverse.Kept
  ) -> (lower: Matrix<Double>, halfLogDeterminant: Double?) {
    let n = matrix.rows
    var lower = matrix
    let logs = lower.elements.withUnsafeMutableBufferPointer {
      BlockedInverse(size: size ?? n, block: block).invert($0, count: n, keeping: kept)
    }
    for i in 0..<n { for j in (i + 1)..<max(n, i + 1) { lower[i, j] = 0 } }
    return (lower, logs)
  }

  /// L⁻¹ by substitution, one element at a time.
  private func plainInverse(_ lower: Matrix<Double>) -> Matrix<Double> {
    let n = lower.rows
    var inverse = Matrix<Double>(rows: n, columns: n)
    for j in 0..<n {
      for i in j..<n {
        var sum = i == j ? 1.0 : 0
        for k in j..<i { sum -= lower[i, k] * inverse[k, j] }
        inverse[i, j] = sum / lower[i, i]
      }
    }
    return inverse
  }

  @Test(
    "both inverses and the determinant agree with plain loops at sizes around the block's",
    arguments: [1, 2, 15, 16, 17, 63, 64, 65, 127, 129])
  func plainLoops(n: Int) throws {
    let matrix = PlainLinearAlgebra.positiveDefinite(n)
    let factor = try Cholesky(matrix).lower
    let expected = plainInverse(factor)
    let logs = (0..<n).reduce(0) { $0 + log(factor[$1, $1]) }
    for block in [16, 64, 256] {
      let triangle = inverted(matrix, block: block, keeping: .factor)
      let whole = inverted(matrix, block: block, size: n + 5, keeping: .inverse)
      // n roundings of elements below 1 and of logarithms below 5.
      let bound = 1e-14 * Double(n)
      for halfLogDeterminant in [triangle.halfLogDeterminant, whole.halfLogDeterminant] {
        #expect(abs(try #require(halfLogDeterminant) - logs) < bound * 10)
      }
      for i in 0..<n {
        for j in 0...i {
          #expect(abs(triangle.lower[i, j] - expected[i, j]) < bound)
          let element = (i..<n).reduce(0) { $0 + expected[$1, i] * expected[$1, j] }
          #expect(abs(whole.lower[i, j] - element) < bound)
        }
      }
    }
  }

  @Test("a matrix that is not positive definite has none, wherever the pivot fails", arguments: [0, 40, 64])
  func notPositiveDefinite(row: Int) {
    var matrix = PlainLinearAlgebra.positiveDefinite(65)
    matrix[row, row] = -1
    #expect(inverted(matrix, block: 16, keeping: .factor).halfLogDeterminant == nil)
  }

  @Test("two calls give the same bits, whatever the threads did")
  func repeatable() {
    let matrix = PlainLinearAlgebra.positiveDefinite(300)
    let first = inverted(matrix, block: 32, keeping: .inverse)
    for _ in 0..<3 {
      let again = inverted(matrix, block: 32, keeping: .inverse)
      #expect(again.lower == first.lower && again.halfLogDeterminant == first.halfLogDeterminant)
    }
  }

  @Test("the symmetric product agrees with a plain loop", arguments: [0, 1, 2, 7, 8, 9, 63, 64, 65, 200])
  func symmetricProduct(n: Int) {
    let matrix = PlainLinearAlgebra.positiveDefinite(n)
    var lower = matrix
    for i in 0..<n { for j in (i + 1)..<max(n, i + 1) { lower[i, j] = .nan } }
    let vector = (0..<n).map { sin(Double($0)) }
    for squared in [false, true] {
      let product = lower.elements.withUnsafeBufferPointer { a in
        a.baseAddress.map { SymmetricProduct(size: n)($0, vector, squared: squared) } ?? []
      }
      #expect(product.count == n)
      for (i, value) in product.enumerated() {
        let terms = (0..<n).map { (squared ? matrix[i, $0] * matrix[i, $0] : matrix[i, $0]) * vector[$0] }
        let scale = terms.reduce(0) { $0 + abs($1) }
        #expect(abs(value - terms.reduce(0, +)) <= 1e-15 * Double(n) * scale)
      }
    }
  }
}
