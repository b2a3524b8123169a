import ArgumentParser
import FunctionPriors
import Workflow

struct PriorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prior",
    abstract: "Computes log P(f) of your own function, by expectation propagation.",
    discussion: """
      The kernel is read (K.npy, [n, n] float64), or computed from inputs (X.npy, [n, d], used unscaled) for a
      fully connected ReLU network. The labels (y.npy, [n]) are 0/1 or −1/+1. With 3000 points or more, all cores
      are used and each sweep is reported on standard error. The peak memory is about 17 n² bytes.

      EXAMPLES
        plateau prior --inputs X.npy --labels y.npy
        plateau prior --kernel K.npy --labels y.npy --likelihood probit --json
      """)

  @Option(help: ArgumentHelp("The covariance of the logits, [n, n].", valueName: "K.npy"))
  var kernel: String?

  @Option(help: ArgumentHelp("The inputs, [n, d], from which the kernel is computed.", valueName: "X.npy"))
  var inputs: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Hidden layers of the network behind --inputs' kernel (default: 2).", valueName: "L"))
  var depth: Int?

  @Option(
    name: .customLong("sigma-w2"), parsing: .unconditional,
    help: ArgumentHelp("σ_w² of that network, the weight variance times fan-in (default: 2).", valueName: "x")
  )
  var weightVariance: Double?

  @Option(
    name: .customLong("sigma-b2"), parsing: .unconditional,
    help: ArgumentHelp("σ_b² of that network, the bias variance (default: 1).", valueName: "x"))
  var biasVariance: Double?

  @Option(help: ArgumentHelp("The function's outputs, [n].", valueName: "y.npy"))
  var labels: String

  @Option(
    help: ArgumentHelp(
      "heaviside (the step, as in the paper) or probit (as in its code).", valueName: "heaviside|probit"))
  var likelihood: Likelihood = .heaviside

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A number to add to the kernel's diagonal; by default nothing is added.", valueName: "x"))
  var jitter = 0.0

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if (kernel == nil) == (inputs == nil) {
      throw ValidationError("give either --kernel K.npy or --inputs X.npy")
    }
    let ofInputs = [
      ("--depth", depth != nil), ("--sigma-w2", weightVariance != nil), ("--sigma-b2", biasVariance != nil),
    ]
    if kernel != nil {
      try OptionUse.refuse(ofInputs, with: "--kernel, which holds the covariance itself")
    }
    if let depth { try OptionBounds.check("--depth", depth, OptionBounds.layers) }
    if let weightVariance, !(weightVariance > 0 && weightVariance.isFinite) {
      throw ValidationError("--sigma-w2 is \(weightVariance); it must be positive")
    }
    if let biasVariance, !(biasVariance >= 0 && biasVariance.isFinite) {
      throw ValidationError("--sigma-b2 is \(biasVariance); it must not be negative")
    }
    if !(jitter >= 0 && jitter.isFinite) {
      throw ValidationError("--jitter is \(jitter); it must be finite and not negative")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      let estimate = try PriorJob(covariance, labels: labels, likelihood: likelihood, jitter: jitter)
        .execute { sweep in
          let change = sweep.change.map { ", changed by \($0)" } ?? ""
          Console.note(
            "plateau: sweep \(sweep.number), ln P(f) = \(sweep.logProbabilityInNats)\(change); "
              + "\(sweep.elapsed.components.seconds) s")
        }
      try show(estimate)
    }
  }

  private var covariance: PriorJob.Covariance {
    if let kernel { return .kernel(path: kernel) }
    let network = NNGPKernel(
      hiddenLayers: depth ?? 2, weightVariance: weightVariance ?? 2, biasVariance: biasVariance ?? 1)
    return .inputs(path: inputs ?? "", network: network)
  }

  private func show(_ estimate: FunctionPriorEstimate) throws {
    if json {
      try Console.print(json: PriorAnswer(estimate, likelihood: likelihood))
    } else {
      print("log10 P(f) = \(estimate.log10Probability)   (ln P(f) = \(estimate.logProbabilityInNats) nats)")
      print("n = \(estimate.n), \(likelihood.rawValue) likelihood, \(estimate.sweeps) sweeps")
    }
    if !estimate.converged {
      Console.note(
        "plateau: not converged after \(estimate.sweeps) sweeps; the last change was \(estimate.lastChange) nats"
      )
      if estimate.rounding > estimate.lastChange {
        Console.note(
          """
          plateau: two points of opposite labels are nearly one: rounding of the kernel alone may change ln P(f) by \
          \(estimate.rounding) nats. Remove one of them, or add a jitter to the diagonal
          """)
      }
      throw ExitCode(1)
    }
  }
}

extension Likelihood: ExpressibleByArgument {}
