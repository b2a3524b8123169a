import LinearAlgebra

/// Matrices to test with, and solutions one element at a time to compare with.
package enum PlainLinearAlgebra {
  /// A well-conditioned symmetric matrix, shape `[n, n]`: A Aᵀ + n·I for a fixed, irregular A.
  package static func positiveDefinite(_ n: Int) -> Matrix<Double> {
    let elements: [Double] = (0..<n * n).map { index in
      let residue = (index * 7919 + 13) % 101
      return Double(residue) / 101 - 0.5
    }
    let a = Matrix(rows: n, columns: n, elements: elements)
    var product = a.timesOwnTranspose()
    for i in 0..<n { product[i, i] += Double(n) }
    return product
  }

  /// x with L Lᵀ x = b for a lower triangle L, by substitution forwards and back.
  package static func solve(_ lower: Matrix<Double>, _ b: [Double]) -> [Double] {
    var x = b
    for i in b.indices {
      for j in 0..<i { x[i] -= lower[i, j] * x[j] }
      x[i] /= lower[i, i]
    }
    for i in b.indices.reversed() {
      for j in (i + 1)..<max(b.count, i + 1) { x[i] -= lower[j, i] * x[j] }
      x[i] /= lower[i, i]
    }
    return x
  }
}
