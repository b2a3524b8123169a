import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Training

/// Two Gaussian clouds, far enough apart to be separable, and a few flipped ones behind them.
func clouds(scored: Int, flipped: Int, seed: UInt64) -> TrainingSet {
  var stream = RandomStream(RandomKey(seed: seed))
  var inputs = Matrix<Float>(rows: scored + flipped, columns: 4)
  var labels: [UInt8] = []
  for row in 0..<inputs.rows {
    let label = UInt8(row % 2)
    for column in 0..<3 {
      inputs[row, column] = Float(0.12 * stream.nextNormal() + (label == 1 ? 0.7 : 0.3))
    }
    labels.append(row < scored ? label : 1 - label)
  }
  return TrainingSet(inputs: inputs, labels: labels, scoredCount: scored)
}

@Suite struct TrainerTests {
  let shape = FullyConnectedShape(inputs: 4, hidden: [8, 6])

  func network(_ seed: UInt64) -> FullyConnectedNetwork {
    FullyConnectedNetwork(initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: seed))
  }

  func trainer(rate: Float = 0.05, epochs: Int) -> Trainer {
    Trainer(
      optimiser: StochasticGradientDescent(learningRate: rate), batchSize: 8, batchOrder: .shuffled,
      maximumEpochs: epochs)
  }

  @Test("three epochs give the weights of plain Float64 gradient descent over the same batches")
  func plainDescent() throws {
    let set = clouds(scored: 20, flipped: 7, seed: 1)
    let start = network(2)
    let key = RandomKey(seed: 3)
    let trained = try trainer(epochs: 3).train(start, on: set, key: key)
    #expect(trained.epochs == 3)

    var plain = PlainNetwork(start)
    let batches = Minibatches(
      inputs: set.inputs, labels: set.labels, batchSize: 8, order: .shuffled, key: key)
    for _ in 0..<3 {
      batches.forEachInNextEpoch { x, y, count in
        let rows = (0..<count).map { row in (0..<4).map { Double(x[row * 4 + $0]) } }
        plain.descend(rows, (0..<count).map { Double(y[$0]) }, rate: 0.05)
      }
    }
    for (ours, theirs) in zip(trained.network.parameters, plain.parameters) {
      // Twelve Float32 steps of size 0.05 on weights of order 1.
      #expect(abs(Double(ours) - theirs) < 5e-6 * max(1, abs(theirs)))
    }
    #expect(abs(trained.lossOnTrain - plain.loss(set)) < 5e-6)
  }

  @Test("training ends with the first epoch that has every example of S right, whatever A does")
  func stoppingRule() throws {
    let set = clouds(scored: 30, flipped: 5, seed: 4)
    let trained = try trainer(epochs: 5000).train(network(5), on: set, key: RandomKey(seed: 6))
    #expect(trained.status == .converged)
    #expect(trained.trainAccuracy == 1)
    let before = try trainer(epochs: trained.epochs - 1).train(network(5), on: set, key: RandomKey(seed: 6))
    #expect(before.status == .notConverged)
    #expect(before.trainAccuracy < 1)
    let function = trained.network.function(on: set.inputs)
    #expect(zip(function.prefix(30), set.labels).allSatisfy { Float($0) == $1 })
  }

  @Test("a loss that is no longer finite ends the training as diverged, with its epoch")
  func divergence() throws {
    let set = clouds(scored: 20, flipped: 0, seed: 7)
    var start = network(8)
    // Products of two such layers overflow Float32.
    for i in start.parameters.indices { start.parameters[i] *= 1e30 }
    let trained = try trainer(epochs: 50).train(start, on: set, key: RandomKey(seed: 9))
    #expect(trained.status == .diverged)
    #expect(trained.epochs == 1)
    #expect(!trained.lossOnTrain.isFinite)
  }

  @Test("a cancelled training throws and keeps nothing")
  func cancellation() {
    let set = clouds(scored: 20, flipped: 20, seed: 10)
    var asked = 0
    #expect(throws: TrainingError.cancelled(epoch: 2)) {
      try trainer(epochs: 100).train(
        network(11), on: set, key: RandomKey(seed: 12),
        isCancelled: {
          asked += 1
          return asked == 3
        })
    }
  }
}

/// The network and its backward pass in Float64 loops over examples.
struct PlainNetwork {
  let shape: FullyConnectedShape
  var parameters: [Double]

  init(_ network: FullyConnectedNetwork) {
    shape = network.shape
    parameters = network.parameters.map(Double.init)
  }

  private func activations(_ input: [Double]) -> [[Double]] {
    var layers = [input]
    for layer in 0..<shape.layerCount {
      let below = layers[layer]
      layers.append(
        (0..<shape.widths[layer + 1]).map { unit in
          let start = shape.weightRange(layer).lowerBound + unit * shape.widths[layer]
          let sum = below.indices.reduce(parameters[shape.biasRange(layer).lowerBound + unit]) {
            $0 + parameters[start + $1] * below[$1]
          }
          return layer + 1 < shape.layerCount ? max(0, sum) : sum
        })
    }
    return layers
  }

  func loss(_ set: TrainingSet) -> Double {
    (0..<set.scoredCount).reduce(0.0) { sum, row in
      let z = activations(set.inputs.row(row).map(Double.init))[shape.layerCount][0]
      return sum + log(1 + exp(z)) - Double(set.labels[row]) * z
    } / Double(set.scoredCount)
  }

  mutating func descend(_ inputs: [[Double]], _ labels: [Double], rate: Double) {
    var gradient = [Double](repeating: 0, count: parameters.count)
    for (input, label) in zip(inputs, labels) {
      let layers = activations(input)
      var error = [1 / (1 + exp(-layers[shape.layerCount][0])) - label]
      for layer in stride(from: shape.layerCount - 1, through: 0, by: -1) {
        var below = [Double](repeating: 0, count: shape.widths[layer])
        for unit in error.indices {
          gradient[shape.biasRange(layer).lowerBound + unit] += error[unit]
          for i in below.indices {
            let index = shape.weightRange(layer).lowerBound + unit * below.count + i
            gradient[index] += error[unit] * layers[layer][i]
            below[i] += error[unit] * parameters[index]
          }
        }
        error = below.indices.map { layers[layer][$0] > 0 ? below[$0] : 0 }
      }
    }
    for i in parameters.indices { parameters[i] -= rate * gradient[i] / Double(inputs.count) }
  }
}
