import NeuralNetworks

/// The trained network of a run, of either family.
enum TrainedNetwork {
  case fullyConnected(FullyConnectedNetwork)
  case residual(ResidualNetwork)

  /// The network as a file that other frameworks read.
  func safetensors(metadata: [String: String]) -> SafetensorsFile {
    switch self {
    case .fullyConnected(let network): network.safetensors(metadata: metadata)
    case .residual(let network): network.safetensors(metadata: metadata)
    }
  }
}
