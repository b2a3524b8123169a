import ArgumentParser
import Workflow

/// A network of the user's own and its training set, as the commands sharpness, hessian and measure take them.
struct NetworkOptions: ParsableArguments {
  /// What these commands say about the files.
  static let explanation = """
    The network is a fully connected ReLU network with one logit, in safetensors: layers.0.weight [out, in],
    layers.0.bias, layers.1.weight, … Inputs are used unscaled: scale pixels to 0…1 yourself.
    """

  @Option(help: ArgumentHelp("The network.", valueName: "W.safetensors"))
  var weights: String

  @Option(help: ArgumentHelp("The training inputs, [n, d].", valueName: "X.npy"))
  var inputs: String

  @Option(help: ArgumentHelp("The training labels, [n].", valueName: "y.npy"))
  var labels: String

  @Flag(help: "Print one JSON object.")
  var json = false

  var files: NetworkFiles { NetworkFiles(weights: weights, inputs: inputs, labels: labels) }
}
