import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite struct HessianSpectrumTests {
  @Test("the 50 largest eigenvalues are those that PyTorch and NumPy find for the whole Hessian")
  func stored() throws {
    let stored = try StoredNetwork.load()
    let estimate = try HessianSpectrum().measure(
      of: stored.network, inputs: stored.inputs, labels: stored.labels)
    #expect(estimate.topEigenvalues.count == 50)
    // A residual of 1e-8 · λ for each; NumPy's rounding counts for less.
    for (value, expected) in zip(estimate.topEigenvalues, stored.eigenvalues) {
      #expect(abs(value - expected) < 2e-8 * expected)
    }
    let logarithm = stored.eigenvalues.prefix(50).reduce(0) { $0 + log($1) }
    #expect(abs((estimate.logProduct ?? .nan) - logarithm) < 50 * 2e-8)
    #expect(abs(estimate.spectralNorm - stored.eigenvalues[0]) < 2e-8 * stored.eigenvalues[0])
    #expect(estimate.n == 393)
  }

  @Test("logistic regression: the product is the determinant of Σσ(1 − σ)xxᵀ/n, the sum its trace")
  func logistic() throws {
    let problem = SharpnessAscentTests.Logistic(seed: 12)
    let estimate = try HessianSpectrum(top: 50).measure(
      of: problem.network, inputs: problem.inputs, labels: problem.labels)
    var hessian = [[Double]](repeating: [0, 0, 0, 0], count: 4)
    let w = problem.network.parameters.map(Double.init)
    for row in 0..<12 {
      let x = problem.inputs.row(row).map(Double.init) + [1]
      let sigmoid = 1 / (1 + exp(-zip(w, x).reduce(0) { $0 + $1.0 * $1.1 }))
      for i in 0..<4 {
        for j in 0..<4 { hessian[i][j] += sigmoid * (1 - sigmoid) * x[i] * x[j] / 12 }
      }
    }
    let trace = (0..<4).reduce(0) { $0 + hessian[$1][$1] }
    let squares = hessian.joined().reduce(0) { $0 + $1 * $1 }
    var determinant = 1.0
    for k in 0..<4 {
      determinant *= hessian[k][k]
      for i in (k + 1)..<max(4, k + 1) {
        let factor = hessian[i][k] / hessian[k][k]
        for j in k..<4 { hessian[i][j] -= factor * hessian[k][j] }
      }
    }
    #expect(estimate.topEigenvalues.count == 4)
    #expect(estimate.n == 4)
    // Rounding, enlarged by the ratio of the largest eigenvalue to the smallest, some hundreds.
    #expect(abs(estimate.topEigenvalues.reduce(0, +) - trace) < 1e-14)
    #expect(abs(estimate.topEigenvalues.reduce(0) { $0 + $1 * $1 } - squares) < 1e-14)
    #expect(abs((estimate.logProduct ?? .nan) - log(determinant)) < 1e-11)
    #expect(estimate.spectralNorm == estimate.topEigenvalues[0])
  }

  @Test("a network without curvature has no positive eigenvalue, no product, and norm 0")
  func flat() throws {
    // A dead hidden layer, and a logit so large that σ(1 − σ) underflows.
    let network = FullyConnectedNetwork(
      shape: FullyConnectedShape(inputs: 2, hidden: [2]), parameters: [1, 1, 1, 1, -99, -99, 0, 0, 2000])
    let inputs = Matrix<Float>([[0.5, 0.25], [1, 0]])
    let estimate = try HessianSpectrum().measure(of: network, inputs: inputs, labels: [1, 1])
    #expect(estimate.topEigenvalues.isEmpty)
    #expect(estimate.logProduct == nil)
    #expect(estimate.spectralNorm == 0)
  }

  @Test("inputs that are zero in all examples change nothing but n")
  func deadInputs() throws {
    let stored = try StoredNetwork.load()
    let (network, inputs) = (stored.network, stored.inputs)
    var wide = Matrix<Float>(rows: inputs.rows, columns: 23)
    var parameters: [Float] = []
    for row in 0..<inputs.rows {
      for column in 0..<20 { wide[row, column + 3] = inputs[row, column] }
    }
    for unit in 0..<12 { parameters += [9, -9, 9] + network.parameters[unit * 20..<(unit + 1) * 20] }
    parameters += network.parameters[240...]
    let padded = FullyConnectedNetwork(
      shape: FullyConnectedShape(inputs: 23, hidden: [12, 10]), parameters: parameters)
    let spectrum = HessianSpectrum(top: 5)
    let one = try spectrum.measure(of: network, inputs: inputs, labels: stored.labels)
    let other = try spectrum.measure(of: padded, inputs: wide, labels: stored.labels)
    #expect(one.topEigenvalues == other.topEigenvalues)
    #expect(one.spectralNorm == other.spectralNorm)
    #expect(other.n == one.n + 36)
  }

  @Test("a network whose loss is NaN is refused, and a search stops when asked")
  func refused() throws {
    let stored = try StoredNetwork.load()
    var broken = stored.network
    broken.parameters[392] = .nan
    #expect(throws: FlatnessError.lossNotFinite(step: 0)) {
      try HessianSpectrum().measure(of: broken, inputs: stored.inputs, labels: stored.labels)
    }
    #expect(throws: FlatnessError.spectrumCancelled(products: 0)) {
      try HessianSpectrum().measure(
        of: stored.network, inputs: stored.inputs, labels: stored.labels, isCancelled: { true })
    }
  }

  /// A two-layer network 7-150-1 on 7-bit inputs; m equal units share m − 1 copies of some eigenvalues.
  ///
  /// - Parameter equal: how many units in a row are the same.
  static func boolean(equal: Int) -> (network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8])
  {
    var draws = RandomStream(RandomKey(seed: 7))
    let rows = Set((0..<32).map { _ in draws.nextInteger(below: 128) }).sorted()
    var inputs = Matrix<Float>(rows: rows.count, columns: 7)
    for (row, number) in rows.enumerated() {
      for bit in 0..<7 { inputs[row, bit] = Float(number >> bit & 1) }
    }
    let shape = FullyConnectedShape(inputs: 7, hidden: [150])
    var parameters = [Float](repeating: 0, count: shape.parameterCount)
    for layer in 0..<2 {
      let fanIn = shape.widths[layer]
      for i in shape.weightRange(layer) {
        parameters[i] = Float(draws.nextNormal() * (2 / Double(fanIn)).squareRoot())
      }
    }
    for unit in 0..<150 {
      for input in 0..<7 { parameters[unit * 7 + input] = abs(parameters[unit / equal * equal * 7 + input]) }
      let output = shape.weightRange(1).lowerBound
      parameters[output + unit] = parameters[output + unit / equal * equal]
    }
    return (
      FullyConnectedNetwork(shape: shape, parameters: parameters), inputs,
      rows.map { UInt8($0 % 3 == 0 ? 1 : 0) }
    )
  }

  @Test("repeated eigenvalues count as often as the whole matrix has them", arguments: [1, 3, 150])
  func repeated(equal: Int) throws {
    let (network, inputs, labels) = Self.boolean(equal: equal)
    let estimate = try HessianSpectrum(top: 50).measure(of: network, inputs: inputs, labels: labels)
    let hessian = HessianOperator(network: network, inputs: inputs, labels: labels)
    // So many that the matrix is written out.
    let all = try LanczosEigenvalues().largest(
      1000, size: hessian.size, multiply: { hessian.multiply($0, into: $1) }
    ).eigenvalues.prefix(50)
    #expect(estimate.topEigenvalues.count == 50)
    for (value, expected) in zip(estimate.topEigenvalues, all) {
      // The tolerance of the iteration.
      #expect(abs(value - expected) < 1e-8 * expected)
    }
    #expect(zip(all, all.dropFirst()).contains { $0 - $1 < 1e-12 * $0 }, "the case has copies")
  }
}
