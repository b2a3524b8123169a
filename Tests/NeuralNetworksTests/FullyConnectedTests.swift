import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

/// Inputs with some columns zero everywhere, as the rim of MNIST has.
func randomInputs(_ rows: Int, _ columns: Int, deadColumns: Set<Int> = [], seed: UInt64) -> Matrix<Float> {
  var stream = RandomStream(RandomKey(seed: seed))
  var inputs = Matrix<Float>(rows: rows, columns: columns)
  for row in 0..<rows {
    for column in 0..<columns {
      let value = Float(stream.nextUniform())
      if !deadColumns.contains(column) { inputs[row, column] = value }
    }
  }
  return inputs
}

func randomLabels(_ count: Int, seed: UInt64) -> [Float] {
  var stream = RandomStream(RandomKey(seed: seed).split("labels"))
  return (0..<count).map { _ in Float(stream.nextInteger(below: 2)) }
}

@Suite struct FullyConnectedTests {
  static let hiddenLayers: [[Int]] = [[], [5], [7, 6], [4, 9, 3]]

  @Test("the logits are those of plain Float64 loops", arguments: hiddenLayers)
  func logits(hidden: [Int]) {
    let shape = FullyConnectedShape(inputs: 8, hidden: hidden)
    let network = FullyConnectedNetwork(
      initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 3))
    let inputs = randomInputs(11, 8, seed: 4)
    let reference = ReferenceNetwork(network)
    for (row, logit) in network.logits(inputs).enumerated() {
      let expected = reference.logit(inputs.row(row).map(Double.init))
      // A dozen Float32 additions of numbers of order 1–10.
      #expect(abs(Double(logit) - expected) < 2e-5 * max(1, abs(expected)))
    }
  }

  @Test("leaving out inputs that are zero everywhere changes neither logits nor the trained weights")
  func inputSupport() {
    let dead: Set = [0, 3, 4, 9]
    let inputs = randomInputs(8, 10, deadColumns: dead, seed: 11)
    let shape = FullyConnectedShape(inputs: 10, hidden: [6])
    let network = FullyConnectedNetwork(
      initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 12))
    let support = InputSupport(of: inputs)
    #expect(support.columns == [1, 2, 5, 6, 7, 8])
    let compact = support.compacted(network)
    #expect(support.expanded(compact, into: network) == network)
    for (a, b) in zip(compact.logits(support.compacted(inputs)), network.logits(inputs)) {
      #expect(abs(a - b) < 1e-5)
    }
  }

  @Test("an initial network has He weights and unit-normal biases")
  func initialisation() {
    let shape = FullyConnectedShape(inputs: 400, hidden: [300, 200])
    let network = FullyConnectedNetwork(
      initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 13))
    for (layer, fanIn) in [(0, 400), (1, 300)] {
      let weights = network.parameters[shape.weightRange(layer)].map(Double.init)
      let variance = weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)
      // The variance of n squared normals: relative standard error √(2/n); five of them allowed.
      #expect(abs(variance * Double(fanIn) / 2 - 1) < 5 * (2 / Double(weights.count)).squareRoot())
      let biases = network.parameters[shape.biasRange(layer)].map(Double.init)
      let biasVariance = biases.reduce(0) { $0 + $1 * $1 } / Double(biases.count)
      #expect(abs(biasVariance - 1) < 5 * (2 / Double(biases.count)).squareRoot())
    }
  }

  @Test("the cross-entropy neither overflows nor cancels at large logits")
  func stableLoss() {
    let logits: [Float] = [200, -200, 0, 15]
    let labels: [Float] = [0, 0, 1, 1]
    let loss = logits.withUnsafeBufferPointer { SigmoidCrossEntropy.mean(logits: $0, labels: labels) }
    let expected = (200 + 0 + 0.6931471805599453 + 3.059022269256247e-07) / 4
    #expect(abs(loss - expected) < 1e-6)
    let certain = [Float(15)].withUnsafeBufferPointer { SigmoidCrossEntropy.mean(logits: $0, labels: [1]) }
    #expect(abs(certain / 3.059022269256247e-07 - 1) < 1e-6)
  }

  @Test("an epoch of minibatches visits each example once, in an order of its own")
  func minibatches() {
    let batches = Minibatches(count: 10, batchSize: 4, order: .shuffled, key: RandomKey(seed: 1))
    var epochs: [[Int]] = []
    for _ in 0..<3 {
      var seen: [Int] = []
      var counts: [Int] = []
      batches.forEachInNextEpoch { examples in
        seen.append(contentsOf: examples)
        counts.append(examples.count)
      }
      #expect(counts == [4, 4, 2])
      #expect(seen.sorted() == Array(0..<10))
      epochs.append(seen)
    }
    #expect(Set(epochs).count == 3)
  }
}
