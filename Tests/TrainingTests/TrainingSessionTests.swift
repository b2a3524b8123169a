import Foundation
import LinearAlgebra
import NeuralNetworks
import Optimisers
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

@Suite("Trainings")
struct TrainingSessionTests {
  let shape = FullyConnectedShape(inputs: 4, hidden: [8, 6])

  func network(_ seed: UInt64) -> FullyConnectedNetwork {
    FullyConnectedNetwork(initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: seed))
  }

  func session(
    _ network: FullyConnectedNetwork, on set: TrainingSet, key: UInt64,
    optimiser: OptimiserRule = .sgd(learningRate: 0.05), batchSize: Int = 8,
    order: Minibatches.Order = .shuffled,
    resuming state: TrainingState<FullyConnectedNetwork>? = nil
  ) -> FullyConnectedTraining {
    FullyConnectedTraining(
      network, on: set, optimiser: optimiser, batchSize: batchSize, batchOrder: order,
      key: RandomKey(seed: key), resuming: state)
  }

  @Test("three epochs give the weights of plain Float64 gradient descent over the same batches")
  func plainDescent() throws {
    let set = clouds(scored: 20, flipped: 7, seed: 1)
    let start = network(2)
    let session = session(start, on: set, key: 3)
    var plain = PlainNetwork(start)
    // Float32 rounding of a mean of 20 losses of order 1.
    #expect(abs(session.lossOnTrain - plain.loss(set)) < 2e-6)
    for _ in 0..<3 { session.advance() }
    #expect(session.epoch == 3)

    let batches = Minibatches(count: 27, batchSize: 8, order: .shuffled, key: RandomKey(seed: 3))
    for _ in 0..<3 {
      batches.forEachInNextEpoch { examples in
        plain.descend(
          examples.map { set.inputs.row($0).map(Double.init) }, examples.map { Double(set.labels[$0]) },
          rate: 0.05)
      }
    }
    for (ours, theirs) in zip(session.network.parameters, plain.parameters) {
      // Twelve Float32 steps of size 0.05 on weights of order 1.
      #expect(abs(Double(ours) - theirs) < 5e-6 * max(1, abs(theirs)))
    }
    #expect(abs(session.lossOnTrain - plain.loss(set)) < 5e-6)
  }

  @Test("in the fixed order every epoch takes S first and A last, as plain Float64 gradient descent does")
  func fixedOrder() throws {
    let set = clouds(scored: 20, flipped: 7, seed: 1)
    let start = network(2)
    let session = session(start, on: set, key: 3, order: .fixed)
    var plain = PlainNetwork(start)
    for _ in 0..<3 {
      session.advance()
      for examples in [0..<8, 8..<16, 16..<24, 24..<27] {
        plain.descend(
          examples.map { set.inputs.row($0).map(Double.init) }, examples.map { Double(set.labels[$0]) },
          rate: 0.05)
      }
    }
    for (ours, theirs) in zip(session.network.parameters, plain.parameters) {
      #expect(abs(Double(ours) - theirs) < 5e-6 * max(1, abs(theirs)))
    }
  }

  @Test("training ends with the first epoch that has every example of S right, whatever A does")
  func stoppingRule() throws {
    let set = clouds(scored: 30, flipped: 5, seed: 4)
    let session = session(network(5), on: set, key: 6)
    #expect(try session.runToZeroError(maximumEpochs: 5000) == .converged)
    #expect(session.trainAccuracy == 1)
    let shorter = self.session(network(5), on: set, key: 6)
    #expect(try shorter.runToZeroError(maximumEpochs: session.epoch - 1) == .notConverged)
    #expect(shorter.trainAccuracy < 1)
    let function = session.network.function(on: set.inputs)
    #expect(zip(function.prefix(30), set.labels).allSatisfy { Float($0) == $1 })
  }

  @Test("a training that stops at zero error and goes on is the training that never stopped")
  func continuation() throws {
    let set = clouds(scored: 30, flipped: 5, seed: 4)
    for optimiser in [
      OptimiserRule.sgd(learningRate: 0.05),
      .adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
    ] {
      let stopped = session(network(5), on: set, key: 6, optimiser: optimiser)
      #expect(try stopped.runToZeroError(maximumEpochs: 5000) == .converged)
      let end = stopped.epoch + 7
      while stopped.epoch < end { stopped.advance() }
      let through = session(network(5), on: set, key: 6, optimiser: optimiser)
      while through.epoch < end { through.advance() }
      #expect(stopped.network == through.network)
    }
  }

  @Test(
    "a training that goes on from a state takes the course, to the bit, that it would have taken",
    arguments: [
      .sgd(learningRate: 0.05), .momentum(learningRate: 0.01, momentum: 0.9),
      .adam(learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
      .adagrad(learningRate: 0.01, initialAccumulator: 0.1),
      .rmsprop(learningRate: 1e-3, decay: 0.9, epsilon: 1e-10),
      // 7 steps before the state and an odd number of normals a step: within an inner loop and a pair.
      .entropySGD(
        learningRate: 1, langevinSteps: 3, scope: 0.03, innerLearningRate: 0.1, thermalNoise: 1e-2,
        averaging: 0.75),
      .entropySGD(
        learningRate: 1, langevinSteps: 3, scope: 0.03, innerLearningRate: 0.1, thermalNoise: 0,
        averaging: 0.75),
    ] as [OptimiserRule])
  func resumption(rule: OptimiserRule) throws {
    let set = clouds(scored: 48, flipped: 5, seed: 4)
    let start = network(5)
    let whole = session(start, on: set, key: 6, optimiser: rule)
    for _ in 0..<4 { whole.advance() }
    let first = session(start, on: set, key: 6, optimiser: rule)
    first.advance()
    let state = first.state
    #expect(state.epoch == 1 && state.optimiser.steps == (rule == .sgd(learningRate: 0.05) ? 0 : 7))
    // What comes after the state was taken is none of it.
    first.advance()
    let second = session(start, on: set, key: 6, optimiser: rule, resuming: state)
    #expect(second.state == state)
    for _ in 0..<3 { second.advance() }
    #expect(second.state == whole.state)
  }

  @Test("a training that goes on from zero error is there, and runs no epoch more")
  func resumptionAtTheEnd() throws {
    let set = clouds(scored: 30, flipped: 5, seed: 4)
    let ended = session(network(5), on: set, key: 6)
    #expect(try ended.runToZeroError(maximumEpochs: 5000) == .converged)
    let again = session(network(5), on: set, key: 6, resuming: ended.state)
    #expect(try again.runToZeroError(maximumEpochs: 5000) == .converged)
    #expect(again.state == ended.state)
  }

  @Test("a rescaling between epochs keeps the function, and the loss to rounding")
  func rescaling() throws {
    let set = clouds(scored: 30, flipped: 5, seed: 4)
    let session = session(network(5), on: set, key: 6)
    session.advance()
    let before = session.network
    let loss = session.lossOnTrain
    session.rescale(layer: 0, by: 1 / 5.9)
    #expect(session.network == before.rescaled(layer: 0, by: 1 / 5.9))
    // Each of some ten products of a logit is rounded anew.
    #expect(abs(session.lossOnTrain - loss) < 1e-5)
    #expect(session.network.function(on: set.inputs) == before.function(on: set.inputs))
    session.advance()
    #expect(session.network != before)
  }

  @Test("a loss that is no longer finite ends the training as diverged, with its epoch")
  func divergence() throws {
    let set = clouds(scored: 20, flipped: 0, seed: 7)
    var start = network(8)
    // Products of two such layers overflow Float32.
    for i in start.parameters.indices { start.parameters[i] *= 1e30 }
    let session = session(start, on: set, key: 9)
    #expect(try session.runToZeroError(maximumEpochs: 50) == .diverged)
    #expect(session.epoch == 1)
    #expect(!session.lossOnTrain.isFinite)
  }

  @Test("a cancelled training throws")
  func cancellation() {
    let set = clouds(scored: 20, flipped: 20, seed: 10)
    var asked = 0
    #expect(throws: TrainingError.cancelled(epoch: 2)) {
      try session(network(11), on: set, key: 12).runToZeroError(
        maximumEpochs: 100,
        isCancelled: {
          asked += 1
          return asked == 3
        })
    }
  }
}
