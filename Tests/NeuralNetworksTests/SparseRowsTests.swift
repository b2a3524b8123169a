import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite("Sparse rows")
struct SparseRowsTests {
  /// A random sparse matrix, a dense one to multiply with, and a choice of rows.
  struct Problem {
    let matrix: Matrix<Float>
    let dense: [Float]
    let errors: [Float]
    let width: Int
    let selection: [Int]

    /// Every third row is empty; 301 columns are three blocks.
    init(units: Int, density: Double, columns: Int = 301, seed: UInt64) {
      var stream = RandomStream(RandomKey(seed: seed))
      matrix = Matrix(
        rows: 11, columns: columns,
        elements: (0..<11 * columns).map { index in
          let isZero = density < 1 && (index / columns % 3 == 0 || stream.nextUniform() >= density)
          return isZero ? 0 : Float(stream.nextNormal())
        })
      let width = (units + 7) / 8 * 8
      self.width = width
      dense = (0..<columns * width).map { $0 % width < units ? Float(stream.nextNormal()) : 0 }
      selection = [3, 10, 0, 1, 1, 7, 4]
      errors = (0..<7 * width).map { $0 % width < units ? Float(stream.nextNormal()) : 0 }
    }

    func product(_ arithmetic: SparseRows.Arithmetic) -> [Float] {
      // What the memory held before must not enter.
      var product = [Float](repeating: .nan, count: selection.count * width)
      selection.withUnsafeBufferPointer {
        SparseRows(of: matrix).multiply($0, by: dense, width: width, into: &product, arithmetic)
      }
      return product
    }

    func transposed(_ arithmetic: SparseRows.Arithmetic, scale: Float) -> [Float] {
      var target = dense
      selection.withUnsafeBufferPointer {
        SparseRows(of: matrix).addTransposed(
          $0, times: errors, width: width, scale: scale, to: &target, arithmetic)
      }
      return target
    }
  }

  @Test(
    "the product is that of three plain loops", arguments: [1, 7, 8, 40, 41, 100], [0, 0.02, 0.3, 1.0])
  func product(units: Int, density: Double) {
    let problem = Problem(units: units, density: density, seed: UInt64(units))
    let product = problem.product(.fastest)
    for (i, row) in problem.selection.enumerated() {
      for k in 0..<problem.width {
        var (sum, size) = (0.0, 0.0)
        for j in 0..<problem.matrix.columns {
          let term = Double(problem.matrix[row, j]) * Double(problem.dense[j * problem.width + k])
          sum += term
          size += abs(term)
        }
        // A sum of n terms in Float32 is off by at most n 2⁻²⁴ of the sum of their sizes (Higham 2002, §4.2);
        // the smallest normal number stands in where all are zero.
        let bound = Double(problem.matrix.columns) * 0x1p-24 * size + Double(Float.leastNormalMagnitude)
        #expect(abs(Double(product[i * problem.width + k]) - sum) <= bound)
      }
    }
  }

  @Test(
    "the transposed product is that of three plain loops, added to what was there",
    arguments: [1, 7, 8, 40, 41], [0, 0.02, 0.3, 1.0])
  func transposedProduct(units: Int, density: Double) {
    let problem = Problem(units: units, density: density, seed: UInt64(50 + units))
    let target = problem.transposed(.fastest, scale: -0.25)
    for j in 0..<problem.matrix.columns {
      for k in 0..<problem.width {
        var sum = Double(problem.dense[j * problem.width + k])
        var size = abs(sum)
        for (i, row) in problem.selection.enumerated() {
          let term = -0.25 * Double(problem.matrix[row, j]) * Double(problem.errors[i * problem.width + k])
          sum += term
          size += abs(term)
        }
        // Seven terms on top of one, and the rounding of scale · value: fewer than ten roundings.
        let bound = 10 * 0x1p-24 * size + Double(Float.leastNormalMagnitude)
        #expect(abs(Double(target[j * problem.width + k]) - sum) <= bound)
      }
    }
  }

  @Test(
    "both paths give the bits of one fused sum in ascending order", arguments: [1, 7, 8, 40, 41, 104],
    [0.02, 0.3, 1.0])
  func bits(units: Int, density: Double) {
    let problem = Problem(units: units, density: density, seed: UInt64(100 + units))
    var expected: [Float] = []
    for row in problem.selection {
      for k in 0..<problem.width {
        var sum: Float = 0
        for j in 0..<problem.matrix.columns where problem.matrix[row, j] != 0 {
          sum.addProduct(problem.matrix[row, j], problem.dense[j * problem.width + k])
        }
        expected.append(sum)
      }
    }
    let pattern = expected.map(\.bitPattern)
    #expect(problem.product(.portable).map(\.bitPattern) == pattern)
    #expect(problem.product(.fastest).map(\.bitPattern) == pattern)
    #expect(
      problem.transposed(.portable, scale: 0.3).map(\.bitPattern)
        == problem.transposed(.fastest, scale: 0.3).map(\.bitPattern))
  }

  @Test("a NaN comes through where its input is not zero, and only there")
  func notANumber() {
    let problem = Problem(units: 8, density: 0.3, seed: 9)
    var dense = problem.dense
    for k in 0..<8 { dense[17 * 8 + k] = .nan }
    var product = [Float](repeating: 0, count: 7 * 8)
    problem.selection.withUnsafeBufferPointer {
      SparseRows(of: problem.matrix).multiply($0, by: dense, width: 8, into: &product)
    }
    for (i, row) in problem.selection.enumerated() {
      #expect(product[i * 8].isNaN == (problem.matrix[row, 17] != 0))
    }
  }

  @Test("the density is the share of non-zeros")
  func density() {
    let rows = SparseRows(of: Matrix([[0, 1, 0, 2], [0, 0, 0, 0]]))
    #expect(rows.density == 0.25)
  }
}
