import Foundation
import LinearAlgebra
import TestSupport
import Testing

struct CholeskyTests {
  /// Golub & Van Loan's inner-product form, one element at a time.
  private func plainFactor(_ matrix: Matrix<Double>) -> Matrix<Double> {
    let n = matrix.rows
    var lower = Matrix<Double>(rows: n, columns: n)
    for j in 0..<n {
      for i in j..<n {
        var sum = matrix[i, j]
        for k in 0..<j { sum -= lower[i, k] * lower[j, k] }
        lower[i, j] = i == j ? sum.squareRoot() : sum / lower[j, j]
      }
    }
    return lower
  }

  @Test("the factor agrees with a plain loop", arguments: [1, 2, 7, 65])
  func plainLoop(n: Int) throws {
    let matrix = PlainLinearAlgebra.positiveDefinite(n)
    let factor = try Cholesky(matrix)
    let expected = plainFactor(matrix)
    for (value, other) in zip(factor.lower.elements, expected.elements) {
      #expect(abs(value - other) < 1e-12 * Double(n))
    }
  }

  @Test("jitter shifts the diagonal and nothing else")
  func jitter() throws {
    let matrix = PlainLinearAlgebra.positiveDefinite(6)
    var shifted = matrix
    for i in 0..<6 { shifted[i, i] += 0.25 }
    #expect(try Cholesky(matrix, jitter: 0.25).lower == Cholesky(shifted).lower)
  }

  @Test("only the lower triangle is read")
  func lowerTriangle() throws {
    let matrix = PlainLinearAlgebra.positiveDefinite(5)
    var spoilt = matrix
    for i in 0..<5 { for j in (i + 1)..<max(5, i + 1) { spoilt[i, j] = .nan } }
    #expect(try Cholesky(spoilt).lower == Cholesky(matrix).lower)
  }

  @Test("an indefinite matrix is refused with the row and value of its pivot, and no jitter is suggested")
  func pivot() {
    // Row 2's pivot is 1 − 1² − 1² = −1.
    let matrix = Matrix<Double>([[1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 1, 0], [0, 0, 0, 1]])
    let error = LinearAlgebraError.indefinite(index: 2, size: 4, pivot: -1)
    #expect(throws: error) { try Cholesky(matrix) }
    #expect(error.description.contains("is not a covariance: it has a negative direction"))
    #expect(!error.description.contains("jitter") && !error.description.contains("identical"))
  }

  @Test("a pivot no larger than rounding is refused whatever its sign")
  func singular() {
    for n in [2, 5, 30] {
      var matrix = PlainLinearAlgebra.positiveDefinite(n)
      // The last row and column repeat the first.
      for i in 0..<n { matrix[n - 1, i] = matrix[0, i] }
      for i in 0..<n { matrix[i, n - 1] = matrix[i, 0] }
      matrix[n - 1, n - 1] = matrix[0, 0]
      #expect {
        try Cholesky(matrix)
      } throws: { error in
        guard case .notPositiveDefinite(n - 1, n, let pivot, let jitter) = error as? LinearAlgebraError else {
          return false
        }
        return jitter > 0 && jitter < 1e-8 * matrix[0, 0] && abs(pivot) < 1e-12 * matrix[0, 0]
      }
    }
  }

  @Test("NaN, infinity and a matrix that is not square are refused")
  func refusals() {
    #expect(throws: LinearAlgebraError.wrongShape(expected: "[n, n]", got: "[1, 2]")) {
      try Cholesky(Matrix([[1, 2]]))
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try Cholesky(Matrix([[1, 0], [.infinity, 1]]))
    }
  }

  @Test("in place: the inverse of the factor times the factor is the identity, and B⁻¹ follows from it")
  func inverse() throws {
    let n = 33
    let matrix = PlainLinearAlgebra.positiveDefinite(n)
    var storage = matrix.elements
    #expect(storage.withUnsafeMutableBufferPointer { CholeskyInPlace.factorise($0, size: n) } == nil)
    let lower = try Cholesky(matrix).lower
    storage.withUnsafeMutableBufferPointer { CholeskyInPlace.invertLower($0, size: n) }
    for i in 0..<n {
      for j in 0..<n {
        let product = (0...i).reduce(0) { $0 + ($1 >= j ? storage[i * n + $1] * lower[$1, j] : 0) }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-13 * Double(n))
        // The strict upper triangle is the caller's.
        if j > i { #expect(storage[i * n + j] == matrix[i, j]) }
      }
    }

    let b = (0..<n).map { Double($0 % 5) - 2 }
    var solution = [Double](repeating: .nan, count: n)
    var diagonal = solution
    CholeskyInPlace.solveAndDiagonal(
      inverse: storage, size: n, rightHandSide: b, solution: &solution, diagonal: &diagonal)
    let expected = PlainLinearAlgebra.solve(lower, b)
    for i in 0..<n {
      let unit = (0..<n).map { $0 == i ? 1.0 : 0 }
      #expect(abs(solution[i] - expected[i]) < 1e-13)
      #expect(abs(diagonal[i] - PlainLinearAlgebra.solve(lower, unit)[i]) < 1e-14)
    }
    let quadratic = zip(b, expected).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(CholeskyInPlace.squaredNorm(inverse: storage, size: n, times: b) - quadratic) < 1e-12)
  }

  @Test("in place: a failed pivot is named and left on the diagonal")
  func failedPivot() {
    var storage: [Double] = [1, 0, 2, 1]
    #expect(storage.withUnsafeMutableBufferPointer { CholeskyInPlace.factorise($0, size: 2) } == 1)
    #expect(storage[3] == -3)
  }
}
