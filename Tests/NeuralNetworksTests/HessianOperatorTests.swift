import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite struct HessianOperatorTests {
  struct Problem {
    let network: FullyConnectedNetwork
    let inputs: Matrix<Float>
    let labels: [UInt8]

    init(hidden: [Int], inputCount: Int = 6, examples: Int = 10, dead: Set<Int> = [], seed: UInt64) {
      network = FullyConnectedNetwork(
        initialising: FullyConnectedShape(inputs: inputCount, hidden: hidden), biasStandardDeviation: 1,
        key: RandomKey(seed: seed))
      inputs = randomInputs(examples, inputCount, deadColumns: dead, seed: seed)
      labels = randomLabels(examples, seed: seed).map { UInt8($0) }
    }

    var hessian: HessianOperator { HessianOperator(network: network, inputs: inputs, labels: labels) }
  }

  static func product(_ hessian: HessianOperator, _ vector: [Double]) -> [Double] {
    var product = [Double](repeating: .nan, count: vector.count)
    hessian.multiply(vector, into: &product)
    return product
  }

  static func randomVector(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(RandomKey(seed: seed).split("vector"))
    return (0..<count).map { _ in stream.nextNormal() }
  }

  @Test(
    "in the inputs' row space the eigenvalues are those of the whole Hessian, but for zeros, and the loss stays",
    arguments: [[], [5], [5, 4], [3, 4, 2]])
  func rowSpace(hidden: [Int]) throws {
    let problem = Problem(hidden: hidden, inputCount: 12, examples: 7, seed: 23)
    let whole = problem.hessian
    let reduced = HessianOperator.inRowSpace(
      network: problem.network, inputs: problem.inputs, labels: problem.labels)
    // Five inputs fewer for each unit of the first layer.
    #expect(whole.size - reduced.size == 5 * (hidden.first ?? 1))
    #expect(abs(reduced.loss - whole.loss) < 1e-14 * max(1, whole.loss))
    func spectrum(_ hessian: HessianOperator) throws -> [Double] {
      try LanczosEigenvalues().largest(
        hessian.size, size: hessian.size, multiply: { hessian.multiply($0, into: $1) }
      ).eigenvalues
    }
    let (all, fewer) = (try spectrum(whole), try spectrum(reduced))
    let norm = all.map(abs).max() ?? 0
    for (one, other) in zip(all, fewer) where other > 1e-12 * norm {
      #expect(abs(one - other) < 1e-12 * norm)
    }
    for (one, other) in zip(all.reversed(), fewer.reversed()) where other < -1e-12 * norm {
      #expect(abs(one - other) < 1e-12 * norm)
    }
    let absent = all.count { abs($0) > 1e-11 * norm } - fewer.count { abs($0) > 1e-11 * norm }
    #expect(absent == 0)
  }

  @Test(
    "every column is that of the dense Hessian from exact differences with frozen ReLUs",
    arguments: [[], [5], [5, 4], [3, 4, 2]])
  func dense(hidden: [Int]) {
    let problem = Problem(hidden: hidden, seed: 21)
    let expected = FrozenNetwork.hessian(problem.network, problem.inputs, problem.labels)
    let hessian = problem.hessian
    let largest = expected.elements.map(abs).max() ?? 0
    for j in 0..<hessian.size {
      var unit = [Double](repeating: 0, count: hessian.size)
      unit[j] = 1
      for (i, value) in Self.product(hessian, unit).enumerated() {
        // Sums of Float64; the differences of logits of order 10 lose two digits.
        #expect(abs(value - expected[i, j]) < 1e-12 * max(1, largest))
      }
    }
  }

  @Test(
    "the product is the change of the gradient along the vector", arguments: [[], [5], [7, 6], [4, 9, 3]])
  func differences(hidden: [Int]) {
    let problem = Problem(hidden: hidden, seed: 22)
    let labels = problem.labels.map(Float.init)
    let hessian = problem.hessian
    let vector = Self.randomVector(hessian.size, seed: 23)
    let product = Self.product(hessian, vector)
    func gradient(_ step: Double) -> [Double] {
      var moved = ReferenceNetwork(problem.network)
      for i in vector.indices { moved.parameters[i] += step * vector[i] }
      return moved.gradient(problem.inputs, labels)
    }
    let h = 1e-4
    let size = product.map(abs).max() ?? 0
    for (value, (above, below)) in zip(product, zip(gradient(h), gradient(-h))) {
      // The gradients are good to 1e-10 or so, and the step divides that by 2e-4; the rest is O(h²).
      #expect(abs(value - (above - below) / (2 * h)) < 3e-6 * max(1, size))
    }
  }

  @Test("the operator is symmetric", arguments: [1 as UInt64, 2, 3])
  func symmetric(seed: UInt64) {
    let problem = Problem(hidden: [20, 10], inputCount: 30, examples: 25, seed: seed)
    let hessian = problem.hessian
    let v = Self.randomVector(hessian.size, seed: 100 + seed)
    let w = Self.randomVector(hessian.size, seed: 200 + seed)
    let left = zip(v, Self.product(hessian, w)).reduce(0) { $0 + $1.0 * $1.1 }
    let right = zip(w, Self.product(hessian, v)).reduce(0) { $0 + $1.0 * $1.1 }
    // Sums of a thousand terms in Float64.
    #expect(abs(left - right) < 1e-12 * max(1, abs(left)))
  }

  @Test("the rows of inputs that are zero everywhere are zero, and leaving them out changes no other")
  func support() {
    let problem = Problem(hidden: [7, 5], inputCount: 12, dead: [0, 3, 11], seed: 24)
    let support = InputSupport(of: problem.inputs)
    let compact = HessianOperator(
      network: support.compacted(problem.network), inputs: support.compacted(problem.inputs),
      labels: problem.labels)
    let vector = Self.randomVector(problem.hessian.size, seed: 25)
    let product = Self.product(problem.hessian, vector)
    let kept = (0..<7).flatMap { unit in support.columns.map { unit * 12 + $0 } } + Array(84..<vector.count)
    for i in Set(vector.indices).subtracting(kept) { #expect(product[i] == 0) }
    let smaller = Self.product(compact, kept.map { vector[$0] })
    #expect(smaller.count == compact.size)
    for (position, i) in kept.enumerated() {
      // Another blocking of the same sums.
      #expect(abs(smaller[position] - product[i]) < 1e-12)
    }
  }

  @Test("loss and gradient in Float64 are those of plain loops", arguments: FullyConnectedTests.hiddenLayers)
  func gradient(hidden: [Int]) {
    let problem = Problem(hidden: hidden, seed: 26)
    let workspace = DoublePrecisionWorkspace(
      shape: problem.network.shape, inputs: problem.inputs, labels: problem.labels)
    let reference = ReferenceNetwork(problem.network)
    var gradient = [Double](repeating: .nan, count: problem.network.parameters.count)
    let loss = workspace.lossAndGradient(parameters: reference.parameters, gradient: &gradient)
    let labels = problem.labels.map(Float.init)
    #expect(abs(loss - reference.loss(problem.inputs, labels)) < 1e-13)
    #expect(problem.hessian.loss == loss)
    for (ours, theirs) in zip(gradient, reference.gradient(problem.inputs, labels)) {
      // Central differences of step 1e-5: 1e-16 / 1e-5 of rounding, and O(h²).
      #expect(abs(ours - theirs) < 1e-8)
    }
  }
}
