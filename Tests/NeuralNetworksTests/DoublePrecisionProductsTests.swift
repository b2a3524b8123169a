import LinearAlgebra
import Testing

@testable import NeuralNetworks

@Suite struct DoublePrecisionProductsTests {
  /// A product and its gradient, of all rows or of a lower triangle.
  struct Problem {
    let (count, depth, width): (Int, Int, Int)
    let isLowerTriangle: Bool
    let rows: [Double]
    let weights: [Double]
    let errors: [Double]
    let biases: [Double]

    init(count: Int, depth: Int, width: Int, isLowerTriangle: Bool) {
      (self.count, self.depth, self.width) = (count, depth, width)
      self.isLowerTriangle = isLowerTriangle
      rows = hashedNumbers(from: 1, count: count * depth).enumerated().map {
        isLowerTriangle && $0 % depth > $0 / depth ? 0 : $1
      }
      weights = hashedNumbers(from: 100_000, count: depth * width)
      errors = hashedNumbers(from: 200_000, count: count * width)
      biases = hashedNumbers(from: 300_000, count: width)
    }

    func withRows<Result>(_ body: (DoublePrecisionProducts.Rows) -> Result) -> Result {
      rows.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress else { preconditionFailure("expected rows") }
        return body(.init(values: start, depth: depth, isLowerTriangle: isLowerTriangle))
      }
    }

    func product(
      _ arithmetic: LayerProducts.Arithmetic = .fastest, from start: DoublePrecisionProducts.Start,
      gates: UnsafePointer<Double>? = nil
    ) -> [Double] {
      var product = errors
      withRows {
        DoublePrecisionProducts(arithmetic).multiply(
          $0, count: count, by: weights, width: width, from: start, gates: gates, into: &product)
      }
      return product
    }

    func gradient(_ arithmetic: LayerProducts.Arithmetic = .fastest) -> [Double] {
      var target = weights
      withRows {
        DoublePrecisionProducts(arithmetic).addGradient(
          $0, count: count, errors: errors, width: width, to: &target)
      }
      return target
    }

    /// The product on top of `start`, as one fused sum in ascending order each.
    func plainProduct(from start: (_ row: Int, _ column: Int) -> Double) -> [Double] {
      (0..<count * width).map { place in
        let (row, column) = (place / width, place % width)
        return (0..<depth).reduce(start(row, column)) {
          $0.addingProduct(rows[row * depth + $1], weights[$1 * width + column])
        }
      }
    }

    var plainGradient: [Double] {
      (0..<depth * width).map { place in
        let (input, column) = (place / width, place % width)
        return (0..<count).reduce(weights[place]) {
          $0.addingProduct(rows[$1 * depth + input], errors[$1 * width + column])
        }
      }
    }
  }

  /// Widths of whole vectors, in panels of each size, and some that BLAS takes.
  static let widths = [1, 3, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 41, 84]
  /// 150 rows are three of the steps in which a triangle is taken.
  static let problems = [(5, 9, false), (70, 130, false), (150, 150, true), (3, 3, true)]

  @Test("products are those of plain loops, whatever they start from", arguments: widths)
  func products(width: Int) {
    for (count, depth, isLowerTriangle) in Self.problems {
      let problem = Problem(count: count, depth: depth, width: width, isLowerTriangle: isLowerTriangle)
      let starts: [(DoublePrecisionProducts.Start, (Int, Int) -> Double)] = [
        (.zero, { _, _ in 0 }), (.output, { problem.errors[$0 * width + $1] }),
      ]
      for (start, value) in starts {
        expectClose(problem.product(from: start), problem.plainProduct(from: value))
      }
      problem.biases.withUnsafeBufferPointer { biases in
        guard let first = biases.baseAddress else { preconditionFailure("expected biases") }
        expectClose(
          problem.product(from: .biases(first)), problem.plainProduct(from: { problem.biases[$1] }))
      }
      expectClose(problem.gradient(), problem.plainGradient)
    }
  }

  @Test("what its gate closes is 0 at the end", arguments: widths)
  func gates(width: Int) {
    for (count, depth, isLowerTriangle) in Self.problems {
      let problem = Problem(count: count, depth: depth, width: width, isLowerTriangle: isLowerTriangle)
      let gates = (0..<count * width).map { Double($0 % 3) }
      let gated = gates.withUnsafeBufferPointer { problem.product(from: .zero, gates: $0.baseAddress) }
      #expect(gated == zip(problem.product(from: .zero), gates).map { $1 == 0 ? 0 : $0 })
    }
  }

  @Test(
    "every path gives the bits of one fused sum in ascending order",
    arguments: widths.filter { $0.isMultiple(of: DoublePrecisionProducts.laneCount) })
  func bits(width: Int) {
    for (count, depth, isLowerTriangle) in Self.problems {
      let problem = Problem(count: count, depth: depth, width: width, isLowerTriangle: isLowerTriangle)
      let product = problem.plainProduct(from: { problem.errors[$0 * width + $1] })
      let gradient = problem.plainGradient
      for arithmetic in LayerProducts.Arithmetic.allCases where arithmetic.isAvailable {
        #expect(problem.product(arithmetic, from: .output) == product)
        #expect(problem.gradient(arithmetic) == gradient)
      }
    }
  }

  private func expectClose(_ found: [Double], _ expected: [Double]) {
    #expect(found.count == expected.count)
    // Terms below 1/4, at most 150 of them: a sum of n terms is off by at most n 2⁻⁵³ of the sum of their sizes
    // (Higham 2002, §4.2).
    for (one, other) in zip(found, expected) { #expect(abs(one - other) <= 150 * 0x1p-53 * 40) }
  }
}
