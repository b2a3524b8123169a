import Foundation
import LinearAlgebra
import NeuralNetworks
import Optimisers
import RandomStreams
import Testing

@testable import Training

/// What TensorFlow 1's optimisers do to a logistic regression, step by step; made by
/// `Oracles/make_tensorflow_values.py`.
struct StoredSteps: Decodable {
  let start: [Double]
  let inputs: [[Double]]
  let labels: [Double]
  let steps: [String: [[Double]]]

  static func load() throws -> StoredSteps {
    let file = Bundle.module.bundleURL.appendingPathComponent("Oracles/tensorflow_steps.json")
    return try JSONDecoder().decode(StoredSteps.self, from: Data(contentsOf: file))
  }
}

@Suite("Optimisers")
struct OptimiserRuleTests {
  static let rules: [(name: String, rule: OptimiserRule)] = [
    ("sgd", .sgd(learningRate: 0.1)),
    ("momentum", .momentum(learningRate: 0.01, momentum: 0.9)),
    ("adam", .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)),
    ("adagrad", .adagrad(learningRate: 0.01, initialAccumulator: 0.1)),
    ("rmsprop", .rmsprop(learningRate: 1e-3, decay: 0.9, epsilon: 1e-10)),
    (
      "entropy-sgd",
      .entropySGD(
        learningRate: 1, langevinSteps: 5, scope: 0.03, innerLearningRate: 0.1, thermalNoise: 0,
        averaging: 0.75)
    ),
  ]

  @Test("every step is that of TensorFlow 1, of Entropy-SGD that of its algorithm", arguments: rules)
  func steps(name: String, rule: OptimiserRule) throws {
    let stored = try StoredSteps.load()
    let expected = try #require(stored.steps[name])
    let network = FullyConnectedNetwork(
      shape: FullyConnectedShape(inputs: 3, hidden: []), parameters: stored.start.map(Float.init))
    let session = FullyConnectedTraining(
      network,
      on: TrainingSet(
        inputs: Matrix(stored.inputs.map { $0.map(Float.init) }), labels: stored.labels.map { UInt8($0) },
        scoredCount: stored.labels.count),
      optimiser: rule, batchSize: stored.labels.count, batchOrder: .fixed, key: RandomKey(seed: 1))
    for weights in expected {
      session.advance()
      for (ours, theirs) in zip(session.network.parameters, weights) {
        // Twelve steps in Float32 on weights of order 1: at most a rounding (6e-8) a step and some more in
        // the gradient. The shortest step, RMSProp's first, is 1e-4.
        #expect(abs(Double(ours) - theirs) < 2e-6, "epoch \(session.epoch)")
      }
    }
  }

  @Test("the Langevin noise of Entropy-SGD is its stream's, scaled by √η' ε")
  func noise() {
    let stored = (try? StoredSteps.load()) ?? StoredSteps(start: [], inputs: [], labels: [], steps: [:])
    let set = TrainingSet(
      inputs: Matrix(stored.inputs.map { $0.map(Float.init) }), labels: stored.labels.map { UInt8($0) },
      scoredCount: stored.labels.count)
    let start = FullyConnectedNetwork(
      shape: FullyConnectedShape(inputs: 3, hidden: []), parameters: stored.start.map(Float.init))
    let key = RandomKey(seed: 4)
    let session = FullyConnectedTraining(
      start, on: set,
      optimiser: .entropySGD(
        learningRate: 1, langevinSteps: 1, scope: 0.03, innerLearningRate: 0.25, thermalNoise: 0.5,
        averaging: 0.75),
      batchSize: 6, batchOrder: .fixed, key: key)
    session.advance()
    // One Langevin step from w, where the pull γ (w − w') is zero, and w ← μ = w + α (w' − w).
    var normals = [Float](repeating: 0, count: NormalGroups.groupSize)
    normals.withUnsafeMutableBufferPointer { NormalGroups(key.split("langevin")).fill($0, firstGroup: 0) }
    let gradient = PlainNetwork(start).gradient(stored.inputs, stored.labels)
    for i in gradient.indices {
      let inner = -0.25 * gradient[i] + 0.5 * 0.5 * Double(normals[i])
      #expect(abs(Double(session.network.parameters[i]) - stored.start[i] - 0.75 * inner) < 1e-6)
    }
  }

  @Test("a rescaling in the midst of Entropy-SGD's inner loop stays: the next outer step starts from it")
  func rescalingInInnerLoop() {
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 4, hidden: [3]), biasStandardDeviation: 1,
      key: RandomKey(seed: 2))
    let set = TrainingSet(
      inputs: Matrix<Float>(rows: 4, columns: 4, repeating: 0.5), labels: [0, 1, 1, 1], scoredCount: 4)
    // Two steps an epoch and three in an inner loop: after one epoch the loop is two thirds done.
    let session = FullyConnectedTraining(
      network, on: set,
      optimiser: .entropySGD(
        learningRate: 1, langevinSteps: 3, scope: 0.03, innerLearningRate: 1e-3, thermalNoise: 0,
        averaging: 0.75),
      batchSize: 2, batchOrder: .fixed, key: RandomKey(seed: 3))
    session.advance()
    session.rescale(layer: 0, by: 0.25)
    let rescaled = session.network.parameters
    for _ in 0..<3 { session.advance() }
    // Six small steps move no weight as far as an old μ would, which is four times as long.
    for (before, after) in zip(rescaled, session.network.parameters) {
      #expect(abs(after - before) < 0.02 * max(1, abs(before)))
    }
  }

  @Test("with Adam, weights of inputs that never occur stay as they were")
  func absentInputs() {
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 5, hidden: [3]), biasStandardDeviation: 1,
      key: RandomKey(seed: 2))
    var inputs = Matrix<Float>(rows: 4, columns: 5, repeating: 0.5)
    for row in 0..<4 { inputs[row, 2] = 0 }
    let session = FullyConnectedTraining(
      network, on: TrainingSet(inputs: inputs, labels: [0, 1, 1, 1], scoredCount: 4),
      optimiser: .adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8), batchSize: 2,
      batchOrder: .shuffled, key: RandomKey(seed: 3))
    for _ in 0..<5 { session.advance() }
    let (before, after) = (network.parameters, session.network.parameters)
    func hasStayed(_ input: Int) -> [Bool] {
      (0..<3).map { (unit: Int) -> Bool in before[unit * 5 + input] == after[unit * 5 + input] }
    }
    #expect(hasStayed(2) == [true, true, true])
    // A unit that is never active has no gradient either.
    #expect(hasStayed(1).contains(false))
  }
}
