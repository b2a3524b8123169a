import ArgumentParser
import Datasets
import Flatness
import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams

struct SharpnessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sharpness",
    abstract: "Measures the sharpness of a network of yours on its training set.",
    discussion: """
      The network is a fully connected ReLU network with one logit, in safetensors: layers.0.weight [out, in],
      layers.0.bias, layers.1.weight, … Inputs are taken as they are: scale pixels to 0…1 yourself.
      The defaults are the FCN/MNIST row of the paper's Table 1; values compare at equal settings only.

      EXAMPLES
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --box 1e-3 --json
      """)

  enum Method: String, ExpressibleByArgument, CaseIterable { case sgd }

  @Option(help: ArgumentHelp("The network.", valueName: "W.safetensors"))
  var weights: String

  @Option(help: ArgumentHelp("The training inputs, [n, d].", valueName: "X.npy"))
  var inputs: String

  @Option(help: ArgumentHelp("The training labels, [n].", valueName: "y.npy"))
  var labels: String

  @Option(help: ArgumentHelp("How the maximum is searched.", valueName: "sgd"))
  var method: Method = .sgd

  @Option(
    parsing: .unconditional, help: ArgumentHelp("ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).", valueName: "x"))
  var box = 1e-4

  @Option(parsing: .unconditional, help: ArgumentHelp("Examples a step.", valueName: "n"))
  var batch = 32

  @Option(parsing: .unconditional, help: ArgumentHelp("The learning rate of the ascent.", valueName: "x"))
  var learningRate = 1e-3

  @Option(parsing: .unconditional, help: ArgumentHelp("Epochs of the ascent.", valueName: "n"))
  var epochs = 100

  @Option(parsing: .unconditional, help: ArgumentHelp("The seed of the batches' order.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if !(box > 0 && box.isFinite) { throw ValidationError("--box is \(box); it must be positive") }
    if batch < 1 { throw ValidationError("--batch is \(batch); it must be at least 1") }
    if !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate must be positive")
    }
    if epochs < 1 { throw ValidationError("--epochs is \(epochs); it must be at least 1") }
  }

  func run() async throws {
    try await Console.orExplain {
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
      BLASRuntime.threadCount = 1
      let interruption = Interruption()
      let estimate = try SharpnessAscent(
        box: box, batchSize: batch, learningRate: learningRate, epochs: epochs
      ).sharpness(
        of: network, inputs: Matrix(rows: x.rows, columns: x.columns, elements: x.elements.map { Float($0) }),
        labels: y, key: RandomKey(seed: seed).split("sharpness"), isCancelled: { interruption.isRequested })
      try show(estimate)
    }
  }

  private func show(_ estimate: SharpnessEstimate) throws {
    let logarithm = estimate.sharpness > 0 ? log10(estimate.sharpness) : nil
    if json {
      try JSONOutput.print(
        SharpnessAnswer(
          sharpness: estimate.sharpness, log10Sharpness: logarithm, loss: estimate.loss,
          maximumLoss: estimate.maximumLoss, method: method.rawValue, box: box, epochs: epochs))
    } else {
      print(
        "sharpness = \(estimate.sharpness)   (log10 \(logarithm.map { "\($0)" } ?? "undefined: sharpness is 0"))"
      )
      print("loss \(estimate.loss) at the centre, \(estimate.maximumLoss) at most in the box (nats)")
      print(
        "box ζ = \(box), \(epochs) epochs of \(method.rawValue), batch \(batch), learning rate \(learningRate)"
      )
    }
  }
}
