import ArgumentParser
import Workflow

/// A network of the user's own and its training set, as the commands sharpness, hessian and measure take them.
struct NetworkOptions: ParsableArguments {
  /// What these commands say about the files.
  static let explanation = """
    The network is a fully connected ReLU network with one logit, in safetensors: layers.0.weight [out, in], \
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

  /// Says on standard error that the network does not fit its labels, or fits them so that nothing can be measured.
  func warn(of wrong: WrongLabels) {
    if wrong.isSaturated {
      Console.note(
        """
        plateau: the network's outputs are so large that the loss and its derivatives underflow, which is no flat \
        minimum. Were the inputs scaled as in the training?
        """)
    }
    guard wrong.count > 0 else { return }
    // So many are no mistakes of a training.
    if wrong.of >= 10, wrong.count * 10 > wrong.of * 9 {
      return Console.note(
        "plateau: the network is wrong on \(wrong.count) of \(wrong.of) labels: they look inverted, 0 for 1")
    }
    Console.note(
      """
      plateau: the network is wrong on \(wrong.count) of \(wrong.of) labels, and measures of flatness are of networks \
      that fit them. Were the inputs scaled as in the training?
      """)
  }

  var files: NetworkFiles { NetworkFiles(weights: weights, inputs: inputs, labels: labels) }
}
