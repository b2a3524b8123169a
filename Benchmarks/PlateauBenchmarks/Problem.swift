import Datasets
import Foundation
import FunctionPriors
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Training

/// The paper's FCN/MNIST problem: |S| = 500, |E| = 1000, and a network as initialised.
struct Problem {
  let trainingInputs: Matrix<Float>
  let trainingLabels: [UInt8]
  let allInputs: Matrix<Float>
  let allLabels: [UInt8]
  let network: FullyConnectedNetwork

  init() throws {
    let split = try AttackSetSplit(
      DatasetLibrary(roots: .ofThisProcess).load(.mnist), task: .digits0to4Versus5to9, training: 500,
      attackPool: 500,
      test: 1000)
    trainingInputs = split.training.inputs
    trainingLabels = split.training.labels
    allInputs = split.training.inputs.appendingRows(of: split.test.inputs)
    allLabels = split.training.labels + split.test.labels
    network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 784, hidden: [40, 40]), biasStandardDeviation: 1,
      key: RandomKey(seed: 1))
  }

  /// The network trained to zero error on S by SGD, as one run of Figure 3 is.
  func trained() throws -> FullyConnectedNetwork {
    let session = TrainingSession(
      network,
      on: TrainingSet(
        inputs: trainingInputs, labels: trainingLabels, scoredCount: trainingLabels.count),
      optimiser: .sgd(learningRate: 0.01), batchSize: 32, batchOrder: .shuffled, key: RandomKey(seed: 1))
    _ = try session.runToZeroError(maximumEpochs: 50_000)
    return session.network
  }

  /// The covariance of the logits over S and E, n = 1500.
  var kernel: Matrix<Double> { NNGPKernel().matrix(allInputs) }

  /// Writes the problem for the peers: inputs, labels and the weights they start from.
  func export(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ data: Data, _ name: String) throws {
      try data.write(to: URL(fileURLWithPath: folder).appendingPathComponent(name))
    }
    try write(
      NumpyArray.encoded(trainingInputs.elements, shape: [trainingInputs.rows, 784]), "train-inputs.npy")
    try write(
      NumpyArray.encoded(trainingLabels.map(Float.init), shape: [trainingLabels.count]), "train-labels.npy")
    try write(NumpyArray.encoded(allInputs.elements, shape: [allInputs.rows, 784]), "all-inputs.npy")
    try write(NumpyArray.encoded(kernel.elements, shape: [kernel.rows, kernel.columns]), "kernel.npy")
    try write(NumpyArray.encoded(allLabels.map(Float.init), shape: [allLabels.count]), "all-labels.npy")
    try network.safetensors(metadata: [:]).write(to: folder + "/network.safetensors")
    try trained().safetensors(metadata: [:]).write(to: folder + "/trained.safetensors")
  }
}
