import LinearAlgebra
import TestSupport
import Testing

struct CholeskyInPlaceTests {
  @Test("solutions by the factor are those of a plain substitution", arguments: [1, 2, 33, 130])
  func solution(n: Int) throws {
    let matrix = PlainLinearAlgebra.positiveDefinite(n)
    let lower = try Cholesky(matrix).lower
    let b = (0..<n).map { Double($0 % 5) - 1.7 }
    var x = b
    lower.elements.withUnsafeBufferPointer {
      if let factor = $0.baseAddress { CholeskyInPlace.solve(factor: factor, size: n, &x) }
    }
    for (value, other) in zip(x, PlainLinearAlgebra.solve(lower, b)) { #expect(abs(value - other) < 1e-11) }
  }

  @Test("L⁻ᵀ L⁻¹ in Float32 is the inverse; the upper triangle stays as it was", arguments: [1, 2, 33, 130])
  func inverse(n: Int) throws {
    let matrix = PlainLinearAlgebra.positiveDefinite(n)
    let lower = try Cholesky(matrix).lower
    var inverse = lower.elements.map(Float.init)
    for i in 0..<n { for j in (i + 1)..<max(n, i + 1) { inverse[i * n + j] = -7 } }
    inverse.withUnsafeMutableBufferPointer {
      CholeskyInPlace.invertLower($0, size: n)
      CholeskyInPlace.multiplyByTranspose($0, size: n)
    }
    for column in 0..<n {
      let expected = PlainLinearAlgebra.solve(lower, (0..<n).map { $0 == column ? 1 : 0 })
      let scale = expected.map(abs).max() ?? 1
      for row in 0..<n {
        let value = inverse[row * n + column]
        if row >= column {
          // A few hundred roundings of Float32.
          #expect(abs(Double(value) - expected[row]) < 1e-5 * scale)
        } else {
          #expect(value == -7)
        }
      }
    }
  }

  @Test("a product with a symmetric matrix reads its lower triangle alone", arguments: [1, 2, 33, 130])
  func symmetricProduct(n: Int) {
    let matrix = PlainLinearAlgebra.positiveDefinite(n)
    var stored = matrix.elements.map(Float.init)
    for i in 0..<n { for j in (i + 1)..<max(n, i + 1) { stored[i * n + j] = .nan } }
    let x = (0..<n).map { Float($0 % 7) - 3 }
    var y = [Float](repeating: .nan, count: n)
    multiplySymmetric(lower: stored, size: n, x, into: &y)
    for i in 0..<n {
      let terms = (0..<n).map { matrix[i, $0] * Double(x[$0]) }
      let size = terms.reduce(0) { $0 + abs($1) }
      #expect(abs(Double(y[i]) - terms.reduce(0, +)) < 1e-5 * size)
    }
  }
}
