import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite("Published measures of flatness")
struct PublishedMeasuresTests {
  private let stored: StoredNetwork
  private let expected: StoredMeasures

  init() throws {
    stored = try StoredNetwork.load()
    expected = try StoredMeasures.load()
  }

  private var data: (network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]) {
    (stored.network, stored.inputs, stored.labels)
  }

  /// Sums of some hundred terms in Float64, in another order.
  private func agrees(_ value: Double, _ expected: Double) -> Bool {
    abs(value - expected) < 1e-11 * abs(expected)
  }

  /// u = w x + b on these examples.
  private func linear(
    weights: [Float], bias: Float, inputs: [[Float]]
  ) -> (network: FullyConnectedNetwork, inputs: Matrix<Float>) {
    (
      FullyConnectedNetwork(
        shape: FullyConnectedShape(inputs: weights.count, hidden: []), parameters: weights + [bias]),
      Matrix(inputs)
    )
  }

  private func loss(_ logit: Double, label: UInt8) -> Double {
    max(logit, 0) - Double(label) * logit + log1p(exp(-abs(logit)))
  }

  @Test("a step along the gradient raises the loss as PyTorch finds, adaptive or not")
  func gradientSteps() throws {
    let plain = try GradientStepSharpness(radius: 0.05).measure(
      of: FullyConnectedProblem(data.network, inputs: data.inputs, labels: data.labels))
    let adaptive = try GradientStepSharpness(radius: 0.5, offset: 0.01).measure(
      of: FullyConnectedProblem(data.network, inputs: data.inputs, labels: data.labels))
    #expect(agrees(plain, expected.samSharpness))
    #expect(agrees(adaptive, expected.adaptiveSAMSharpness))
  }

  @Test("on one example of a linear network both steps are closed forms, and a gradient of zero gives zero")
  func linearSteps() throws {
    let (network, inputs) = linear(weights: [2, -1], bias: 0.5, inputs: [[1, 3]])
    // u = −0.5, and ∂u/∂(w, b) = (1, 3, 1): with label 1 the worst step lowers u.
    let plain = try GradientStepSharpness(radius: 0.1).measure(
      of: FullyConnectedProblem(network, inputs: inputs, labels: [1]))
    let norm = 11.0.squareRoot()
    #expect(abs(plain - (loss(-0.5 - 0.1 * norm, label: 1) - loss(-0.5, label: 1))) < 1e-14)
    let adaptive = try GradientStepSharpness(radius: 0.1, offset: 0.5).measure(
      of: FullyConnectedProblem(network, inputs: inputs, labels: [1]))
    // T g ∝ (2.5 · 1, 1.5 · 3, 1 · 1).
    let scaled = (2.5 * 2.5 + 4.5 * 4.5 + 1).squareRoot()
    #expect(abs(adaptive - (loss(-0.5 - 0.1 * scaled, label: 1) - loss(-0.5, label: 1))) < 1e-14)
    // σ(u) − 1 underflows.
    let (flat, one) = linear(weights: [2000], bias: 0, inputs: [[1]])
    #expect(
      try GradientStepSharpness(radius: 0.1).measure(
        of: FullyConnectedProblem(flat, inputs: one, labels: [1])) == 0)
  }

  @Test("Auto-PGD takes the steps of an independent implementation", arguments: [0.001, 0.1, 0.5])
  func worst(radius: Double) throws {
    let value = try AdaptiveWorstSharpness(radius: radius, steps: 20, firstStep: 2, momentum: 0.75).measure(
      of: FullyConnectedProblem(data.network, inputs: data.inputs, labels: data.labels))
    #expect(agrees(value, try #require(expected.adaptiveWorstSharpness["\(radius)"])))
  }

  @Test("Auto-PGD's checkpoints for 20 steps and for 100 are those of its paper")
  func checkpoints() {
    func checkpoints(_ steps: Int) -> [Int] {
      AdaptiveWorstSharpness(radius: 1, steps: steps, firstStep: 2, momentum: 0.75).checkpoints.sorted()
    }
    #expect(checkpoints(20) == [5, 9, 12, 14, 16, 18, 19, 20])
    #expect(checkpoints(100) == [22, 41, 57, 70, 80, 87, 93, 99])
  }

  @Test("on a linear network the worst case is a corner of the box")
  func worstCorner() throws {
    let (network, inputs) = linear(weights: [2, -1], bias: 0.5, inputs: [[1, 3], [-2, 1]])
    let search = AdaptiveWorstSharpness(radius: 0.1, steps: 20, firstStep: 2, momentum: 0.75)
    let value = try search.measure(of: FullyConnectedProblem(network, inputs: inputs, labels: [0, 1]))
    func mean(_ signs: [Double]) -> Double {
      let w = zip([2.0, -1, 0.5], signs).map { $0 + 0.1 * abs($0) * $1 }
      return (loss(w[0] + 3 * w[1] + w[2], label: 0) + loss(-2 * w[0] + w[1] + w[2], label: 1)) / 2
    }
    let corners = (0..<8).map { corner in mean((0..<3).map { corner >> $0 & 1 == 0 ? -1 : 1 }) }
    // A convex function is largest at a corner. ρ|w| moves the bias as well as the weights.
    #expect(abs(value - (try #require(corners.max()) - mean([0, 0, 0]))) < 1e-14)
  }

  @Test("the Hessian's blocks, the Fisher–Rao norm, both norms and the margin are PyTorch's and NumPy's")
  func others() throws {
    let (network, inputs, labels) = data
    #expect(
      agrees(
        try RelativeFlatness.measure(of: network, inputs: inputs, labels: labels), expected.relativeFlatness))
    #expect(
      agrees(try FisherRaoNorm.measure(of: network, inputs: inputs, labels: labels), expected.fisherRaoNorm))
    #expect(
      agrees(
        try NetworkNorms.weightNorm(of: FullyConnectedProblem(network, inputs: inputs, labels: labels)),
        expected.weightNorm))
    #expect(agrees(try NetworkNorms.pathNorm(of: network), expected.pathNorm))
    #expect(
      agrees(
        try NetworkNorms.margin(
          of: FullyConnectedProblem(network, inputs: inputs, labels: labels), quantile: 0.1), expected.margin)
    )
  }

  @Test(
    "on a linear network of inputs with unit deviation relative flatness is ‖w‖² times the trace of weights")
  func linearRelativeFlatness() throws {
    let (network, inputs) = linear(weights: [2, -1], bias: 0.5, inputs: [[1, 3], [-1, 1]])
    let hessian = HessianOperator(network: network, inputs: inputs, labels: [0, 1])
    let trace = (0..<2).reduce(0.0) { sum, i in
      var (unit, product) = ([0.0, 0, 0], [0.0, 0, 0])
      unit[i] = 1
      hessian.multiply(unit, into: &product)
      return sum + product[i]
    }
    let value = try RelativeFlatness.measure(of: network, inputs: inputs, labels: [0, 1])
    #expect(abs(value - 5 * trace) < 1e-14)
    // An input that is constant acts as a bias, and leaves nothing to measure.
    let (constant, same) = linear(weights: [2], bias: 0.5, inputs: [[3], [3]])
    #expect(try RelativeFlatness.measure(of: constant, inputs: same, labels: [0, 1]) == 0)
  }

  @Test("without biases the Fisher–Rao norm is the mean square of ⟨∂ℓ/∂w, w⟩")
  func fisherRao() throws {
    var network = stored.network
    for layer in 0..<network.shape.layerCount {
      for i in network.shape.biasRange(layer) { network.parameters[i] = 0 }
    }
    let parameters = network.parameters.map(Double.init)
    var sum = 0.0
    for row in 0..<stored.inputs.rows {
      let workspace = DoublePrecisionWorkspace(
        shape: network.shape, inputs: stored.inputs.rows(at: [row]), labels: [stored.labels[row]])
      var gradient = parameters
      _ = workspace.lossAndGradient(parameters: parameters, gradient: &gradient)
      let product = zip(gradient, parameters).reduce(0) { $0 + $1.0 * $1.1 }
      sum += product * product
    }
    let norm = try FisherRaoNorm.measure(of: network, inputs: stored.inputs, labels: stored.labels)
    #expect(agrees(norm, sum / Double(stored.inputs.rows)))
  }

  @Test("a path begins at an input or at a bias, and a norm counts biases")
  func norms() throws {
    // u = 2 max(0, 3 x₁ − x₂ + 4) − max(0, x₁) + 5.
    let network = FullyConnectedNetwork(
      shape: FullyConnectedShape(inputs: 2, hidden: [2]), parameters: [3, -1, 1, 0, 4, 0, 2, -1, 5])
    #expect(try NetworkNorms.pathNorm(of: network) == (4 * (9 + 1 + 16) + 1 + 25.0).squareRoot())
    let problem = try FullyConnectedProblem(network, inputs: Matrix([[1, 0]]), labels: [1])
    #expect(abs(try NetworkNorms.weightNorm(of: problem) - (9 + 1 + 1 + 16 + 4 + 1 + 25)) < 1e-13)
  }

  @Test("a parameter that is no number is an error of every measure")
  func broken() throws {
    var network = stored.network
    // A ReLU hides a bias of −∞.
    network.parameters[network.shape.biasRange(0).lowerBound] = -.infinity
    let (inputs, labels) = (stored.inputs, stored.labels)
    for measure in RescalingOfMeasuresTests.measures {
      #expect(throws: FlatnessError.lossNotFinite(step: 0), "\(measure.name)") {
        try measure.value(network, inputs, labels)
      }
    }
  }
}
