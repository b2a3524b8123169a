import Foundation
import Testing

@testable import LinearAlgebra

@Suite("The row space of a wide matrix")
struct RowSpaceTests {
  private func sample(_ rows: Int, _ columns: Int) -> Matrix<Float> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { (i: Int) -> Float in
        let (angle, factor) = (Double(3 * i + 1), Double(1 + i % 7))
        return Float(sin(angle) * factor)
      })
  }

  @Test("L Lᵀ is X Xᵀ, and L is a lower triangle", arguments: [(1, 1), (1, 5), (4, 4), (7, 19)])
  func coefficients(rows: Int, columns: Int) {
    let x = sample(rows, columns)
    let l = RowSpace(of: x).coefficients
    for i in 0..<rows {
      for j in 0..<rows {
        let expected = (0..<columns).reduce(0) { $0 + Double(x[i, $1]) * Double(x[j, $1]) }
        let found = (0..<rows).reduce(0) { $0 + l[i, $1] * l[j, $1] }
        // Sums of at most 19 terms below 64 each.
        #expect(abs(found - expected) < 1e-11)
        if j > i { #expect(l[i, j] == 0) }
      }
    }
  }

  @Test("in the basis the rows of X are L, products with X stay, and what stands across the space is lost")
  func coordinates() {
    let x = sample(5, 12)
    let space = RowSpace(of: x)
    let own = space.coordinates(of: x.inDoublePrecision)
    for (found, expected) in zip(own.elements, space.coefficients.elements) {
      #expect(abs(found - expected) < 1e-12)
    }
    let w = sample(3, 12).inDoublePrecision
    let inBasis = space.coordinates(of: w)
    for i in 0..<5 {
      for j in 0..<3 {
        let expected = (0..<12).reduce(0) { $0 + Double(x[i, $1]) * w[j, $1] }
        let found = (0..<5).reduce(0) { $0 + space.coefficients[i, $1] * inBasis[j, $1] }
        #expect(abs(found - expected) < 1e-11)
      }
    }
  }
}
