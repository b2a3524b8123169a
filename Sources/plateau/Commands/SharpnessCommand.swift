import ArgumentParser
import Specifications
import Workflow

struct SharpnessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sharpness",
    abstract: "Measures the sharpness of your own network on its training set.",
    discussion: """
      \(NetworkOptions.explanation) \
      The defaults are those of FCN on MNIST in the paper's Table 1. Only values with the same settings can be \
      compared.

      Every search finds a lower bound of the largest loss. --method lbfgsb searches with L-BFGS-B on the whole \
      training set, as in the paper's Appendix E; it stops after 100 iterations at most, and --json gives their \
      number as epochs. --method corners climbs from corner to corner of the box, from L-BFGS-B's and from random \
      ones (--seed), and is never below it. Of the other settings both take --box alone.

      EXAMPLES
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --box 1e-3 --json
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --method lbfgsb
        plateau sharpness --weights W.safetensors --inputs X.npy --labels y.npy --method corners
      """)

  @OptionGroup var network: NetworkOptions

  @Option(help: ArgumentHelp("How the largest loss in the box is searched.", valueName: "sgd|lbfgsb|corners"))
  var method: SharpnessSettings.Method = .sgd

  @Option(
    parsing: .unconditional, help: ArgumentHelp("ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).", valueName: "x"))
  var box = 1e-4

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Examples per step (sgd; default: 32).", valueName: "n"))
  var batch: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The learning rate of the ascent (sgd; default: 0.001).", valueName: "x"))
  var learningRate: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Epochs of the ascent (sgd; default: 100).", valueName: "n"))
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The seed of the batches' order (sgd) or of the random corners (corners); default: 1.", valueName: "n"))
  var seed: UInt64?

  private static let smallestBox = SharpnessJob.smallestBox

  func validate() throws {
    if !box.isFinite { throw ValidationError("--box is \(box); it must be a finite number") }
    if box < Self.smallestBox {
      throw ValidationError(
        "--box is \(box); it must be \(Self.smallestBox) or more: numbers this close are rounded to one")
    }
    if let batch { try OptionBounds.check("--batch", batch, OptionBounds.counts) }
    if let learningRate, !(learningRate > 0 && learningRate.isFinite) {
      throw ValidationError("--learning-rate is \(learningRate); it must be positive")
    }
    if let epochs { try OptionBounds.check("--epochs", epochs, OptionBounds.counts) }
    let ofAscent = [
      ("--batch", batch != nil), ("--learning-rate", learningRate != nil), ("--epochs", epochs != nil),
    ]
    if method != .sgd {
      try OptionUse.refuse(
        ofAscent + (method == .quasiNewton ? [("--seed", seed != nil)] : []),
        with: "--method \(method.rawValue)")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      let interruption = Interruption()
      let job = SharpnessJob(network.files, settings, seed: seed ?? 1)
      let answer = try job.execute(isCancelled: { interruption.isRequested })
      if network.json {
        try Console.print(json: answer)
      } else {
        show(answer)
      }
      network.warn(of: answer.wrong)
    }
  }

  private var settings: SharpnessSettings {
    SharpnessSettings(
      row: "mnist-fcn", method: method, box: box, batch: batch ?? 32, learningRate: learningRate ?? 1e-3,
      epochs: epochs ?? 100)
  }

  private func show(_ answer: SharpnessAnswer) {
    let logarithm = answer.log10Sharpness.map(ShownNumber.text) ?? "undefined: sharpness is 0"
    print(
      "sharpness = \(ShownNumber.text(answer.sharpness))   (log10 \(logarithm); in % of 1 + loss; smaller is flatter)"
    )
    print(
      "loss \(ShownNumber.text(answer.loss)) at the centre; the largest found in the box: "
        + "\(ShownNumber.text(answer.maximumLoss)) (nats, a lower bound)")
    let search =
      switch method {
      case .sgd:
        "\(answer.epochs) epochs of \(answer.method), batch \(settings.batch), learning rate \(settings.learningRate)"
      case .quasiNewton: "\(answer.epochs) iterations of L-BFGS-B"
      case .corners: "\(answer.epochs) passes over corners and iterations of L-BFGS-B"
      }
    print("box ζ = \(answer.box), \(search)")
  }
}

extension SharpnessSettings.Method: ExpressibleByArgument {}
