import LinearAlgebra
import Testing

struct ProductsTests {
  private func values(_ count: Int, _ salt: Int) -> [Double] {
    (0..<count).map { index in
      let residue = (index * 31 + salt * 17) % 23
      return Double(residue) / 8 - 1
    }
  }

  @Test("a matrix times its own transpose agrees with a plain loop and is exactly symmetric")
  func ownTranspose() {
    let a = Matrix(rows: 9, columns: 4, elements: values(36, 1))
    let product = a.timesOwnTranspose(scale: 0.5)
    for i in 0..<9 {
      for j in 0..<9 {
        let expected = 0.5 * (0..<4).reduce(0.0) { $0 + a[i, $1] * a[j, $1] }
        #expect(abs(product[i, j] - expected) < 1e-14)
        #expect(product[i, j] == product[j, i])
      }
    }
  }

  @Test("an empty operand gives an empty or a zero product")
  func empty() {
    #expect(Matrix<Double>(rows: 0, columns: 3).timesOwnTranspose().elements.isEmpty)
    #expect(Matrix<Double>(rows: 2, columns: 0).timesOwnTranspose().elements == [0, 0, 0, 0])
  }

  @Test("the Float32 product agrees with a plain loop in all four transpositions")
  func single() {
    let (m, n, k) = (3, 5, 4)
    let a = values(m * k, 2).map(Float.init)
    let b = values(k * n, 3).map(Float.init)
    for transposeA in [Transposition.asStored, .transposed] {
      for transposeB in [Transposition.asStored, .transposed] {
        var c = [Float](repeating: 1, count: m * n)
        multiplyAccumulate(
          m, n, k, alpha: 2, a, leadingDimension: transposeA == .asStored ? k : m, transposeA,
          b, leadingDimension: transposeB == .asStored ? n : k, transposeB, beta: 3, into: &c,
          leadingDimension: n)
        for i in 0..<m {
          for j in 0..<n {
            let sum = (0..<k).reduce(Float(0)) {
              let left = transposeA == .asStored ? a[i * k + $1] : a[$1 * m + i]
              let right = transposeB == .asStored ? b[$1 * n + j] : b[j * k + $1]
              return $0 + left * right
            }
            #expect(abs(c[i * n + j] - (2 * sum + 3)) < 1e-4)
          }
        }
      }
    }
  }
}
