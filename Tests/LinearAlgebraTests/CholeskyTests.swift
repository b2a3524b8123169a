import Foundation
import LinearAlgebra
import Testing

struct CholeskyTests {
  /// A well-conditioned symmetric matrix: A Aᵀ + n·I for a fixed, irregular A.
  private func example(_ n: Int) -> Matrix<Double> {
    let elements: [Double] = (0..<n * n).map { index in
      let residue = (index * 7919 + 13) % 101
      return Double(residue) / 101 - 0.5
    }
    let a = Matrix(rows: n, columns: n, elements: elements)
    var product = a.timesOwnTranspose()
    for i in 0..<n { product[i, i] += Double(n) }
    return product
  }

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
    let matrix = example(n)
    let factor = try Cholesky(matrix)
    let expected = plainFactor(matrix)
    for (value, other) in zip(factor.lower.elements, expected.elements) {
      #expect(abs(value - other) < 1e-12 * Double(n))
    }
    let logDeterminant = (0..<n).reduce(0) { $0 + 2 * log(expected[$1, $1]) }
    #expect(abs(factor.logDeterminant - logDeterminant) < 1e-11 * Double(n))
  }

  @Test("jitter shifts the diagonal and nothing else")
  func jitter() throws {
    let matrix = example(6)
    var shifted = matrix
    for i in 0..<6 { shifted[i, i] += 0.25 }
    #expect(try Cholesky(matrix, jitter: 0.25).lower == Cholesky(shifted).lower)
  }

  @Test("solve gives back the vector that was multiplied")
  func solve() throws {
    let matrix = example(20)
    let x = (0..<20).map { Double($0) - 9.5 }
    let solved = try Cholesky(matrix).solve(matrix.symmetricTimes(x))
    #expect(zip(x, solved).allSatisfy { abs($0 - $1) < 1e-11 })
  }

  @Test("only the lower triangle is read")
  func lowerTriangle() throws {
    let matrix = example(5)
    var spoilt = matrix
    for i in 0..<5 { for j in (i + 1)..<max(5, i + 1) { spoilt[i, j] = .nan } }
    #expect(try Cholesky(spoilt).lower == Cholesky(matrix).lower)
  }

  @Test("a matrix that is not positive definite is refused with the row and value of its pivot")
  func pivot() {
    // Row 2's pivot is 1 − 1² − 1² = −1.
    let matrix = Matrix<Double>([[1, 0, 1, 0], [0, 1, 1, 0], [1, 1, 1, 0], [0, 0, 0, 1]])
    #expect {
      try Cholesky(matrix)
    } throws: { error in
      guard case .notPositiveDefinite(2, 4, let pivot, let jitter) = error as? LinearAlgebraError else {
        return false
      }
      return pivot == -1 && jitter >= 1
    }
  }

  @Test("a pivot no larger than rounding is refused whatever its sign")
  func singular() {
    for n in [2, 5, 30] {
      var matrix = example(n)
      // The last row and column repeat the first.
      for i in 0..<n { matrix[n - 1, i] = matrix[0, i] }
      for i in 0..<n { matrix[i, n - 1] = matrix[i, 0] }
      matrix[n - 1, n - 1] = matrix[0, 0]
      #expect {
        try Cholesky(matrix)
      } throws: { error in
        guard case .notPositiveDefinite(n - 1, n, let pivot, _) = error as? LinearAlgebraError else {
          return false
        }
        return abs(pivot) < 1e-12 * matrix[0, 0]
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
    let matrix = example(n)
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
    let factor = try Cholesky(matrix)
    let expected = factor.solve(b)
    for i in 0..<n {
      let unit = (0..<n).map { $0 == i ? 1.0 : 0 }
      #expect(abs(solution[i] - expected[i]) < 1e-13)
      #expect(abs(diagonal[i] - factor.solve(unit)[i]) < 1e-14)
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
