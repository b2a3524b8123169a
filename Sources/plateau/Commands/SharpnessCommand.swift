import ArgumentParser
import Workflow

struct SharpnessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sharpness",
    abstract: "Measures the sharpness of your own network on its training set.",
    discussion: """
      \(NetworkOptions.explanation)
      The defaults are those of FCN on MNIST in the paper's Table 1. Only values with the same settings can be
      compared.

      --method lbfgsb searches with L-BFGS-B on the whole training set, as in the paper's Appendix E. Of the
      settings it uses only --box; it stops after 100 iterations at most, and --json gives their number as epochs.

      EXAMPLES
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --box 1e-3 --json
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --method lbfgsb
      """)

  @OptionGroup var network: NetworkOptions

  @Option(help: ArgumentHelp("How the largest loss in the box is searched.", valueName: "sgd|lbfgsb"))
  var method: SharpnessJob.Method = .sgd

  @Option(
    parsing: .unconditional, help: ArgumentHelp("ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).", valueName: "x"))
  var box = 1e-4

  @Option(parsing: .unconditional, help: ArgumentHelp("Examples per step (sgd).", valueName: "n"))
  var batch = 32

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The learning rate of the ascent (sgd).", valueName: "x"))
  var learningRate = 1e-3

  @Option(parsing: .unconditional, help: ArgumentHelp("Epochs of the ascent (sgd).", valueName: "n"))
  var epochs = 100

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the order of the batches (sgd).", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    if !(box > 0 && box.isFinite) { throw ValidationError("--box is \(box); it must be positive") }
    try OptionBounds.check("--batch", batch, OptionBounds.counts)
    if !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate is \(learningRate); it must be positive")
    }
    try OptionBounds.check("--epochs", epochs, OptionBounds.counts)
  }

  func run() async throws {
    try await Console.orExplain {
      let interruption = Interruption()
      let job = SharpnessJob(
        network.files, method: method, box: box, batch: batch, learningRate: learningRate, epochs: epochs,
        seed: seed)
      let answer = try job.execute(isCancelled: { interruption.isRequested })
      if network.json {
        try Console.print(json: answer)
      } else {
        show(answer)
      }
    }
  }

  private func show(_ answer: SharpnessAnswer) {
    let logarithm = answer.log10Sharpness.map { "\($0)" } ?? "undefined: sharpness is 0"
    print("sharpness = \(answer.sharpness)   (log10 \(logarithm))")
    print("loss \(answer.loss) at the centre, \(answer.maximumLoss) at most in the box (nats)")
    let search =
      switch method {
      case .sgd: "\(answer.epochs) epochs of \(answer.method), batch \(batch), learning rate \(learningRate)"
      case .lbfgsb: "\(answer.epochs) iterations of L-BFGS-B"
      }
    print("box ζ = \(answer.box), \(search)")
  }
}

extension SharpnessJob.Method: ExpressibleByArgument {}
