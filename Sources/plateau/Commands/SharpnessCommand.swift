import ArgumentParser
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
      \(NetworkOptions.explanation)
      The defaults are the FCN/MNIST row of the paper's Table 1; values compare at equal settings only.
      --method lbfgsb searches with L-BFGS-B on the whole training set, as the paper's Appendix E does: it takes
      --box alone, stops by itself (after 100 iterations at most), and --json gives its iterations as epochs.

      EXAMPLES
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --box 1e-3 --json
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --method lbfgsb
      """)

  enum Method: String, ExpressibleByArgument, CaseIterable { case sgd, lbfgsb }

  @OptionGroup var files: NetworkOptions

  @Option(help: ArgumentHelp("How the maximum is searched.", valueName: "sgd|lbfgsb"))
  var method: Method = .sgd

  @Option(
    parsing: .unconditional, help: ArgumentHelp("ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).", valueName: "x"))
  var box = 1e-4

  @Option(parsing: .unconditional, help: ArgumentHelp("Examples a step (sgd).", valueName: "n"))
  var batch = 32

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The learning rate of the ascent (sgd).", valueName: "x"))
  var learningRate = 1e-3

  @Option(parsing: .unconditional, help: ArgumentHelp("Epochs of the ascent (sgd).", valueName: "n"))
  var epochs = 100

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The seed of the batches' order (sgd).", valueName: "n"))
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
      let loaded = try files.load()
      BLASRuntime.threadCount = 1
      let interruption = Interruption()
      try show(measure(loaded, isCancelled: { interruption.isRequested }))
    }
  }

  private func measure(_ loaded: NetworkOptions.Loaded, isCancelled: () -> Bool) throws -> SharpnessEstimate {
    switch method {
    case .sgd:
      try SharpnessAscent(box: box, batchSize: batch, learningRate: learningRate, epochs: epochs).sharpness(
        of: loaded.network, inputs: loaded.inputs, labels: loaded.labels,
        key: RandomKey(seed: seed).split("sharpness"), isCancelled: isCancelled)
    case .lbfgsb:
      try QuasiNewtonSharpness(box: box).sharpness(
        of: loaded.network, inputs: loaded.inputs, labels: loaded.labels, isCancelled: isCancelled)
    }
  }

  private func show(_ estimate: SharpnessEstimate) throws {
    let logarithm = estimate.sharpness > 0 ? log10(estimate.sharpness) : nil
    if json {
      try JSONOutput.print(
        SharpnessAnswer(
          sharpness: estimate.sharpness, log10Sharpness: logarithm, loss: estimate.loss,
          maximumLoss: estimate.maximumLoss, method: method.rawValue, box: box, epochs: estimate.epochs))
    } else {
      print(
        "sharpness = \(estimate.sharpness)   (log10 \(logarithm.map { "\($0)" } ?? "undefined: sharpness is 0"))"
      )
      print("loss \(estimate.loss) at the centre, \(estimate.maximumLoss) at most in the box (nats)")
      print("box ζ = \(box), \(search(estimate))")
    }
  }

  private func search(_ estimate: SharpnessEstimate) -> String {
    switch method {
    case .sgd:
      "\(estimate.epochs) epochs of \(method.rawValue), batch \(batch), learning rate \(learningRate)"
    case .lbfgsb: "\(estimate.epochs) iterations of L-BFGS-B"
    }
  }
}
