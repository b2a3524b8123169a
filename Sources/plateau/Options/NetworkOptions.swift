import ArgumentParser
import Datasets
import LinearAlgebra
import NeuralNetworks

/// A network of the user's own and its training set, as the commands sharpness and hessian take them.
struct NetworkOptions: ParsableArguments {
  /// What both commands say about the files.
  static let explanation = """
    The network is a fully connected ReLU network with one logit, in safetensors: layers.0.weight [out, in],
    layers.0.bias, layers.1.weight, … Inputs are taken as they are: scale pixels to 0…1 yourself.
    """

  @Option(help: ArgumentHelp("The network.", valueName: "W.safetensors"))
  var weights: String

  @Option(help: ArgumentHelp("The training inputs, [n, d].", valueName: "X.npy"))
  var inputs: String

  @Option(help: ArgumentHelp("The training labels, [n].", valueName: "y.npy"))
  var labels: String

  /// The three files, read and checked against each other.
  struct Loaded {
    let network: FullyConnectedNetwork
    let inputs: Matrix<Float>
    let labels: [UInt8]
  }

  func load() throws -> Loaded {
    let network = try FullyConnectedNetwork(SafetensorsFile(path: weights), path: weights)
    let x = try NumpyArray(path: inputs).inputs(path: inputs)
    let y = try NumpyArray(path: labels).labels(path: labels)
    guard x.columns == network.shape.widths[0] else {
      throw NumpyArrayError.wrongShape(
        path: inputs, expected: "[n, \(network.shape.widths[0])], as the network takes",
        got: [x.rows, x.columns])
    }
    guard y.count == x.rows else {
      throw NumpyArrayError.wrongShape(
        path: labels, expected: "[\(x.rows)], one for each row of \(inputs)", got: [y.count])
    }
    return Loaded(
      network: network,
      inputs: Matrix(rows: x.rows, columns: x.columns, elements: x.elements.map { Float($0) }), labels: y)
  }
}
