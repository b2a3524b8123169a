import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite("Products of a layer")
struct LayerProductsTests {
  /// A random matrix, weights to multiply with, and a choice of rows.
  struct Problem {
    let matrix: Matrix<Float>
    let weights: [Float]
    let biases: [Float]
    let errors: [Float]
    let width: Int
    let selection: [Int]

    /// Below the density 1 every third row is empty; 301 columns are three blocks of terms.
    init(units: Int, density: Double, columns: Int = 301, rows: Int = 11, count: Int = 7, seed: UInt64) {
      var stream = RandomStream(RandomKey(seed: seed))
      matrix = Matrix(
        rows: rows, columns: columns,
        elements: (0..<rows * columns).map { index in
          let isZero = density < 1 && (index / columns % 3 == 0 || stream.nextUniform() >= density)
          return isZero ? 0 : Float(stream.nextNormal())
        })
      let width = (units + 7) / 8 * 8
      self.width = width
      weights = (0..<columns * width).map { $0 % width < units ? Float(stream.nextNormal()) : 0 }
      biases = (0..<width).map { $0 < units ? Float(stream.nextNormal()) : 0 }
      selection = (0..<count).map { [3, 10, 0, 1, 1, 7, 4][$0 % 7] }
      errors = (0..<count * width).map { $0 % width < units ? Float(stream.nextNormal()) : 0 }
    }

    var holders: [NetworkInputs] { [NetworkInputs(matrix), NetworkInputs(inPlace: matrix)] }

    func product(
      _ inputs: NetworkInputs, _ arithmetic: LayerProducts.Arithmetic = .fastest, gates: [Float]? = nil,
      rectifies: Bool = false
    ) -> [Float] {
      // What the memory held before must not enter.
      var product = [Float](repeating: .nan, count: selection.count * width)
      selection.withUnsafeBufferPointer { selection in
        biases.withUnsafeBufferPointer { biases in
          (gates ?? []).withUnsafeBufferPointer { held in
            inputs.multiply(
              selection, by: weights, width: width,
              .init(
                biases: biases.baseAddress, gates: gates == nil ? nil : held.baseAddress,
                rectifies: rectifies),
              into: &product, LayerProducts(arithmetic))
          }
        }
      }
      return product
    }

    func gradient(_ inputs: NetworkInputs, _ arithmetic: LayerProducts.Arithmetic = .fastest) -> [Float] {
      var target = weights
      selection.withUnsafeBufferPointer {
        inputs.addGradient($0, errors: errors, width: width, to: &target, LayerProducts(arithmetic))
      }
      return target
    }
  }

  static let units = [1, 7, 8, 16, 24, 40, 41, 100]
  static let arithmetics = LayerProducts.Arithmetic.allCases.filter(\.isAvailable)

  @Test("the product is that of three plain loops", arguments: units, [0, 0.02, 0.3, 1.0])
  func product(units: Int, density: Double) {
    let problem = Problem(units: units, density: density, seed: UInt64(units))
    for inputs in problem.holders {
      let product = problem.product(inputs)
      for (i, row) in problem.selection.enumerated() {
        for k in 0..<problem.width {
          var sum = Double(problem.biases[k])
          var size = abs(sum)
          for j in 0..<problem.matrix.columns {
            let term = Double(problem.matrix[row, j]) * Double(problem.weights[j * problem.width + k])
            sum += term
            size += abs(term)
          }
          // A sum of n terms in Float32 is off by at most n 2⁻²⁴ of the sum of their sizes (Higham 2002,
          // §4.2); the smallest normal number stands in where all are zero.
          let bound = Double(problem.matrix.columns) * 0x1p-24 * size + Double(Float.leastNormalMagnitude)
          #expect(abs(Double(product[i * problem.width + k]) - sum) <= bound)
        }
      }
    }
  }

  @Test(
    "the gradient is that of three plain loops, added to what was there", arguments: units,
    [0, 0.02, 0.3, 1.0])
  func gradient(units: Int, density: Double) {
    let problem = Problem(units: units, density: density, seed: UInt64(50 + units))
    for inputs in problem.holders {
      let target = problem.gradient(inputs)
      for j in 0..<problem.matrix.columns {
        for k in 0..<problem.width {
          var sum = Double(problem.weights[j * problem.width + k])
          var size = abs(sum)
          for (i, row) in problem.selection.enumerated() {
            let term = Double(problem.matrix[row, j]) * Double(problem.errors[i * problem.width + k])
            sum += term
            size += abs(term)
          }
          // Seven terms on top of one: fewer than ten roundings.
          let bound = 10 * 0x1p-24 * size + Double(Float.leastNormalMagnitude)
          #expect(abs(Double(target[j * problem.width + k]) - sum) <= bound)
        }
      }
    }
  }

  @Test(
    "every path gives the bits of one fused sum in ascending order", arguments: units, [0.02, 0.3, 1.0])
  func bits(units: Int, density: Double) {
    // 130 examples are three of the blocks in which a gradient takes them.
    for count in [1, 7, 130] {
      let problem = Problem(units: units, density: density, count: count, seed: UInt64(100 + units))
      let (matrix, width) = (problem.matrix, problem.width)
      var expected: [UInt32] = []
      for row in problem.selection {
        for k in 0..<width {
          var sum = problem.biases[k]
          for j in 0..<matrix.columns { sum.addProduct(matrix[row, j], problem.weights[j * width + k]) }
          expected.append(sum.bitPattern)
        }
      }
      var target = problem.weights
      for (i, row) in problem.selection.enumerated() {
        for j in 0..<matrix.columns where matrix[row, j] != 0 {
          for k in 0..<width {
            target[j * width + k].addProduct(matrix[row, j], problem.errors[i * width + k])
          }
        }
      }
      for inputs in problem.holders {
        for arithmetic in Self.arithmetics {
          #expect(problem.product(inputs, arithmetic).map(\.bitPattern) == expected)
          #expect(problem.gradient(inputs, arithmetic) == target)
        }
      }
    }
  }

  @Test("what is below 0 becomes 0 at the end, and so does what its gate closes", arguments: [0.3, 1.0])
  func ends(density: Double) {
    let problem = Problem(units: 41, density: density, seed: 8)
    for inputs in problem.holders {
      let plain = problem.product(inputs)
      #expect(plain.contains { $0 < 0 })
      let gates = plain.indices.map { Float($0 % 3) }
      for arithmetic in Self.arithmetics {
        #expect(problem.product(inputs, arithmetic, rectifies: true) == plain.map { max($0, 0) })
        #expect(
          problem.product(inputs, arithmetic, gates: gates) == zip(plain, gates).map { $1 == 0 ? 0 : $0 })
      }
    }
  }

  @Test("a NaN comes through, a ReLU too; of sparse rows where its input is not zero, and only there")
  func notANumber() {
    let problem = Problem(units: 8, density: 0.3, seed: 9)
    var weights = problem.weights
    for k in 0..<8 { weights[17 * 8 + k] = .nan }
    for (inputs, isSparse) in zip(problem.holders, [true, false]) {
      #expect(inputs.areSparse == isSparse)
      for arithmetic in Self.arithmetics {
        var product = [Float](repeating: 0, count: 7 * 8)
        problem.selection.withUnsafeBufferPointer {
          inputs.multiply(
            $0, by: weights, width: 8, .init(rectifies: true), into: &product, LayerProducts(arithmetic))
        }
        for (i, row) in problem.selection.enumerated() {
          #expect(product[i * 8].isNaN == (!isSparse || problem.matrix[row, 17] != 0))
        }
      }
    }
  }

  @Test("the columns of errors are summed to what was there")
  func columnSums() {
    let problem = Problem(units: 13, density: 1, seed: 10)
    var target = problem.biases
    LayerProducts.addColumnSums(problem.errors, count: 7, width: 16, to: &target)
    for k in 0..<16 {
      let sum = (0..<7).reduce(problem.biases[k]) { $0 + problem.errors[$1 * 16 + k] }
      #expect(target[k] == sum)
    }
  }

  @Test("the density is the share of non-zeros, and inputs that are mostly zero are held as such")
  func density() {
    #expect(SparseRows(of: Matrix([[0, 1, 0, 2], [0, 0, 0, 0]])).density == 0.25)
    #expect(NetworkInputs(Matrix([[0, 1, 0, 2], [0, 0, 0, 0]])).areSparse)
    #expect(!NetworkInputs(Matrix([[0, 1, 0, 2], [3, 4, 5, 0]])).areSparse)
  }
}
