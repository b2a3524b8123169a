import Datasets
import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// A batch of the paper's FCN/CIFAR-10 problem: 32 colour images and a 3072-40-40-1 network as initialised.
///
/// CIFAR-10's own images where they are found, drawn ones elsewhere: nearly all values of both are above 0,
/// and the products take as long.
struct ColourProblem {
  static let batch = 32
  let inputs: Matrix<Float>
  let labels: [UInt8]
  let network: FullyConnectedNetwork

  init() throws {
    let library = DatasetLibrary(roots: .ofThisProcess)
    let images: ImageDataset
    do {
      images = try library.load(.cifar10)
    } catch DatasetError.notFound {
      images = try library.load(.drawnShapes)
    }
    let split = try AttackSetSplit(
      images, task: .automobileVersusCat, training: Self.batch, attackPool: 0, test: 0)
    inputs = split.training.inputs
    labels = split.training.labels
    network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: inputs.columns, hidden: [40, 40]), biasStandardDeviation: 1,
      key: RandomKey(seed: 1))
  }

  /// Writes the batch and the network for the peer.
  func export(to folder: String) throws {
    try NumpyArray.encoded(inputs.elements, shape: [inputs.rows, inputs.columns])
      .write(to: URL(fileURLWithPath: folder + "/cifar-inputs.npy"))
    try NumpyArray.encoded(labels.map(Float.init), shape: [labels.count])
      .write(to: URL(fileURLWithPath: folder + "/cifar-labels.npy"))
    try network.safetensors(metadata: [:]).write(to: folder + "/cifar-network.safetensors")
  }
}

extension DataRoots {
  /// The roots that commands have here, without the user's own folder.
  static var ofThisProcess: DataRoots {
    DataRoots(
      dataOption: nil, environment: ProcessInfo.processInfo.environment,
      currentDirectory: FileManager.default.currentDirectoryPath, homeDirectory: nil)
  }
}
