import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite("The trace of the Hessian")
struct HessianTraceTests {
  /// A network drawn at random with two hidden layers, and examples of which one input is always zero.
  private struct Problem {
    let network: FullyConnectedNetwork
    let inputs: Matrix<Float>
    let labels: [UInt8]

    init(seed: UInt64) {
      let key = RandomKey(seed: seed)
      network = FullyConnectedNetwork(
        initialising: FullyConnectedShape(inputs: 5, hidden: [7, 4]), biasStandardDeviation: 0.5,
        key: key.split("network"))
      var stream = RandomStream(key.split("inputs"))
      inputs = Matrix(
        rows: 11, columns: 5, elements: (0..<55).map { $0 % 5 == 2 ? 0 : Float(stream.nextNormal()) })
      labels = (0..<11).map { _ in UInt8(stream.nextInteger(below: 2)) }
    }
  }

  private func product(_ hessian: HessianOperator, _ vector: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: vector.count)
    hessian.multiply(vector, into: &product)
    return product
  }

  @Test("it is the sum of all eigenvalues that PyTorch and NumPy find for the whole Hessian")
  func stored() throws {
    let stored = try StoredNetwork.load()
    let trace = try HessianTrace.measure(of: stored.network, inputs: stored.inputs, labels: stored.labels)
    let sum = stored.eigenvalues.reduce(0, +)
    // NumPy's eigenvalues are right to some 2⁻⁵² of the largest each, and there are 393.
    #expect(abs(trace - sum) < 393 * 4 * 0x1p-52 * stored.eigenvalues[0])
  }

  @Test("it is the sum of the diagonal of the dense Hessian", arguments: [1, 2, 3] as [UInt64])
  func dense(seed: UInt64) throws {
    let problem = Problem(seed: seed)
    let hessian = HessianOperator(network: problem.network, inputs: problem.inputs, labels: problem.labels)
    var unit = [Double](repeating: 0, count: hessian.size)
    var diagonal = 0.0
    for i in unit.indices {
      unit[i] = 1
      diagonal += product(hessian, unit)[i]
      unit[i] = 0
    }
    let trace = try HessianTrace.measure(
      of: problem.network, inputs: problem.inputs, labels: problem.labels)
    // Sums of some hundred terms of both signs nowhere: all are squares.
    #expect(abs(trace - diagonal) < 1e-13 * diagonal && trace > 0)
  }

  @Test("Hutchinson's estimator over the operator comes to it")
  func hutchinson() throws {
    let problem = Problem(seed: 4)
    let hessian = HessianOperator(network: problem.network, inputs: problem.inputs, labels: problem.labels)
    var stream = RandomStream(RandomKey(seed: 4).split("signs"))
    let draws = (0..<2000).map { _ -> Double in
      let signs = (0..<hessian.size).map { _ in stream.nextInteger(below: 2) == 0 ? -1.0 : 1.0 }
      return zip(signs, product(hessian, signs)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let mean = draws.reduce(0, +) / 2000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 1999
    let error = (variance / 2000).squareRoot()
    let trace = try HessianTrace.measure(
      of: problem.network, inputs: problem.inputs, labels: problem.labels)
    // Four standard errors; they are a few per cent of the trace, so a factor that is wrong would show.
    #expect(abs(mean - trace) < 4 * error && error < 0.1 * trace)
  }

  @Test("labels do not count, and a weight that is no number is an error")
  func edges() throws {
    let problem = Problem(seed: 5)
    let (network, inputs) = (problem.network, problem.inputs)
    let flipped = problem.labels.map { 1 - $0 }
    #expect(
      try HessianTrace.measure(of: network, inputs: inputs, labels: flipped)
        == HessianTrace.measure(of: network, inputs: inputs, labels: problem.labels))
    // Also one of the input that is zero in all examples, and one that a ReLU hides.
    for (index, value) in [
      (0, Float.nan), (2, .infinity), (network.shape.biasRange(0).lowerBound, -.infinity),
    ] {
      var broken = network
      broken.parameters[index] = value
      #expect(throws: FlatnessError.lossNotFinite(step: 0)) {
        try HessianTrace.measure(of: broken, inputs: inputs, labels: problem.labels)
      }
    }
  }
}
