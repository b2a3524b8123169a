import LinearAlgebra
import RandomStreams
import Testing

@testable import FunctionPriors

@Suite struct MonteCarloKernelTests {
  static let inputs: Matrix<Float> = {
    var stream = RandomStream(RandomKey(seed: 3))
    return Matrix(rows: 6, columns: 20, elements: (0..<120).map { _ in Float(stream.nextUniform()) })
  }()

  /// The last hidden layer of a random 20–width–width network with σ_w² = 2, σ_b = 1.
  static func features(width: Int, initialisation: Int) -> Matrix<Float> {
    var stream = RandomStream(RandomKey(seed: 9).split(initialisation))
    var rows = (0..<inputs.rows).map { Array(inputs.row($0)).map(Double.init) }
    for _ in 0..<2 {
      let fanIn = rows[0].count
      let deviation = (2 / Double(fanIn)).squareRoot()
      let weights = (0..<width * fanIn).map { _ in deviation * stream.nextNormal() }
      let biases = (0..<width).map { _ in stream.nextNormal() }
      rows = rows.map { (row: [Double]) -> [Double] in
        (0..<width).map { (unit: Int) -> Double in
          var sum = biases[unit]
          for i in 0..<fanIn { sum += weights[unit * fanIn + i] * row[i] }
          return max(0, sum)
        }
      }
    }
    return Matrix(rows: inputs.rows, columns: width, elements: rows.flatMap { $0.map(Float.init) })
  }

  static func estimate(width: Int, initialisations: Int) -> MonteCarloKernel {
    var kernel = MonteCarloKernel(
      features: GramSum(count: inputs.rows), weightVariance: 2, biasVariance: 1)
    for m in 0..<initialisations { kernel.features.add(features(width: width, initialisation: m)) }
    return kernel
  }

  @Test("for a fully connected network the estimate converges to the analytic kernel as its error says")
  func convergence() throws {
    let exact = try NNGPKernel(hiddenLayers: 2, weightVariance: 2, biasVariance: 1).matrix(Self.inputs)
    func distance(_ kernel: MonteCarloKernel) -> Double {
      let estimate = kernel.matrix
      var (square, norm) = (0.0, 0.0)
      for i in exact.elements.indices {
        let expected = exact.elements[i] - 1
        square += (estimate.elements[i] - exact.elements[i]) * (estimate.elements[i] - exact.elements[i])
        norm += expected * expected
      }
      return (square / norm).squareRoot()
    }
    let few = Self.estimate(width: 64, initialisations: 10)
    let many = Self.estimate(width: 64, initialisations: 160)
    let errorOfFew = try #require(few.relativeStandardError)
    let errorOfMany = try #require(many.relativeStandardError)
    // Four standard errors; the mean over finite widths is the infinite network's: both layers are ReLU and
    // He.
    #expect(distance(few) < 4 * errorOfFew)
    #expect(distance(many) < 4 * errorOfMany)
    // Sixteen times as many: a quarter, up to the scatter of an estimate from ten.
    #expect(errorOfMany < 0.45 * errorOfFew && errorOfMany > 0.12 * errorOfFew)
  }

  @Test("sum, kernel and error are those of plain loops")
  func plain() throws {
    let kernel = Self.estimate(width: 5, initialisations: 3)
    let all = (0..<3).map { Self.features(width: 5, initialisation: $0) }
    func gram(_ m: Int, _ i: Int, _ j: Int) -> Double {
      (0..<5).reduce(0) { $0 + Double(all[m][i, $1]) * Double(all[m][j, $1]) } / 5
    }
    let matrix = kernel.matrix
    var (variance, norm) = (0.0, 0.0)
    for i in 0..<6 {
      for j in 0..<6 {
        let values = (0..<3).map { gram($0, i, j) }
        let mean = values.reduce(0, +) / 3
        #expect(abs(matrix[i, j] - (1 + 2 * mean)) < 1e-12 * (1 + 2 * mean))
        variance += values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2
        norm += mean * mean
      }
    }
    let expected = (variance / 3).squareRoot() / norm.squareRoot()
    #expect(abs(try #require(kernel.relativeStandardError) - expected) < 1e-10)
    #expect(Self.estimate(width: 5, initialisations: 1).relativeStandardError == nil)
  }

  @Test("a sum that is stored and gone on with has the same bits")
  func goingOn() {
    let whole = Self.estimate(width: 8, initialisations: 4)
    let part = Self.estimate(width: 8, initialisations: 2)
    var rest = GramSum(
      terms: part.initialisations, sum: part.features.sum,
      sumOfSquaredNorms: part.features.sumOfSquaredNorms)
    for m in 2..<4 { rest.add(Self.features(width: 8, initialisation: m)) }
    #expect(rest == whole.features)
  }
}
