import ArgumentParser
import Foundation
import FunctionPriors
import Synchronization
import Workflow

struct PriorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prior",
    abstract: "Computes log P(f) of your own function, by expectation propagation or by sampling.",
    discussion: """
      The kernel is read (K.npy, [n, n] float64), or computed from inputs (X.npy, [n, d], used unscaled) for a \
      fully connected ReLU network. The labels (y.npy, [n]) are 0/1 or −1/+1. In place of labels a network of your \
      own may say which function it is (safetensors: layers.0.weight [out, in], layers.0.bias, layers.1.weight, …); \
      the random networks are then as deep as it is. With 3000 points or more, all cores are used and each sweep is \
      reported on standard error. The peak memory is about 17 n² bytes.

      With --sampled, particles that expectation propagation guides give ln P(f) without its error, and a standard \
      error. Where that cannot be relied on, the exit status is 1.

      EXAMPLES
        plateau prior --weights W.safetensors --inputs X.npy
        plateau prior --inputs X.npy --labels y.npy --depth 1
        plateau prior --kernel K.npy --labels y.npy --likelihood probit --json
        plateau prior --inputs X.npy --labels y.npy --sampled --target-error 0.02
      """)

  @Option(help: ArgumentHelp("The covariance of the logits, [n, n].", valueName: "K.npy"))
  var kernel: String?

  @Option(help: ArgumentHelp("The inputs, [n, d], from which the kernel is computed.", valueName: "X.npy"))
  var inputs: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Hidden layers of the network behind --inputs' kernel (default: those of --weights, or 2).",
      valueName: "L"))
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
  var labels: String?

  @Option(help: ArgumentHelp("The network whose function on --inputs it is.", valueName: "W.safetensors"))
  var weights: String?

  @Option(
    help: ArgumentHelp(
      "heaviside (the step, as in the paper) or probit (as in its code).", valueName: "heaviside|probit"))
  var likelihood: Likelihood = .heaviside

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A number to add to the kernel's diagonal; by default nothing is added.", valueName: "x"))
  var jitter = 0.0

  @Flag(
    help: "Sample ln P(f) as well, without the error of expectation propagation, and with a standard error.")
  var sampled = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --sampled: the standard error that is aimed at, in nats (default: 0.01).", valueName: "x"))
  var targetError: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("With --sampled: the seed of the particles (default: 1).", valueName: "n"))
  var seed: UInt64?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if (kernel == nil) == (inputs == nil) {
      throw ValidationError("give either --kernel K.npy or --inputs X.npy")
    }
    if (labels == nil) == (weights == nil) {
      throw ValidationError("give either --labels y.npy or --weights W.safetensors")
    }
    if weights != nil {
      try OptionUse.refuse([("--kernel", kernel != nil)], with: "--weights, which needs --inputs")
      try OptionUse.refuse([("--depth", depth != nil)], with: "--weights, whose layers say it")
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
    if !sampled {
      for (name, isGiven) in [("--target-error", targetError != nil), ("--seed", seed != nil)] where isGiven {
        throw ValidationError("\(name) does nothing without --sampled")
      }
    }
    if let targetError, !(targetError > 0 && targetError.isFinite) {
      throw ValidationError("--target-error is \(targetError); it must be positive")
    }
    if !(jitter >= 0 && jitter.isFinite) {
      throw ValidationError("--jitter is \(jitter); it must be finite and not negative")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      let job = try self.job
      guard sampled else { return try show(job.execute(tell: tell), job.process) }
      let interruption = Interruption()
      let tenths = Mutex(0)
      let (guide, estimate) = try job.sample(
        targetError: targetError ?? 0.01, seed: seed ?? 1, isCancelled: { interruption.isRequested },
        tell: tell
      ) { share in
        let tenth = Int(10 * share)
        guard
          tenths.withLock({
            let isNew = tenth > $0; $0 = max($0, tenth); return isNew
          })
        else { return }
        Console.note("plateau: \(10 * tenth) % of the particles are drawn")
      }
      try show(estimate, guide, job.process)
    }
  }

  private var job: PriorJob {
    get throws {
      let (weightVariance, biasVariance) = (weightVariance ?? 2, biasVariance ?? 1)
      if let weights, let inputs {
        return try PriorJob(
          weights: weights, inputs: inputs, weightVariance: weightVariance, biasVariance: biasVariance,
          likelihood: likelihood, jitter: jitter)
      }
      let network = NNGPKernel(
        hiddenLayers: depth ?? 2, weightVariance: weightVariance, biasVariance: biasVariance)
      return PriorJob(
        kernel.map { .kernel(path: $0) } ?? .inputs(path: inputs ?? "", network: network),
        labels: labels ?? "", likelihood: likelihood, jitter: jitter)
    }
  }

  private func tell(_ sweep: PriorJob.Sweep) {
    let change = sweep.change.map { ", changed by \($0)" } ?? ""
    Console.note(
      "plateau: sweep \(sweep.number), ln P(f) = \(sweep.logProbabilityInNats)\(change); "
        + "\(sweep.elapsed.components.seconds) s")
  }

  private func show(
    _ estimate: SampledPriorEstimate, _ guide: FunctionPriorEstimate, _ process: NNGPKernel?
  ) throws {
    if json {
      try Console.print(json: SampledPriorAnswer(estimate, guide: guide))
    } else {
      print(
        "log10 P(f) = \(ShownNumber.text(estimate.log10Probability))   "
          + "(ln P(f) = \(ShownNumber.text(estimate.logProbabilityInNats)) ± "
          + "\(ShownNumber.text(estimate.standardError)) nats)")
      print(
        "n = \(estimate.n), \(likelihood.rawValue) likelihood, \(estimate.particles) particles worth "
          + "\(Int(estimate.effectiveSampleSize)), guided by \(estimate.guidance) of the sites; expectation propagation: "
          + "\(ShownNumber.text(guide.logProbabilityInNats)) nats\(words(process))")
    }
    compare(estimate.log10Probability, n: estimate.n)
    if !estimate.isReliable {
      Console.note(
        """
        plateau: the error bar cannot be relied on: the particles are worth \(Int(estimate.effectiveSampleSize)), and the \
        tail of their weights has the shape \(estimate.tailShape) (0.7 is the most). Another --seed shows how far it is off
        """)
      throw ExitCode(1)
    }
  }

  /// Whose P(f) it is, behind the other facts: defaults may not be those of the user's network.
  private func words(_ process: NNGPKernel?) -> String {
    guard let network = process else { return "" }
    let layers = "\(network.hiddenLayers) hidden layer\(network.hiddenLayers == 1 ? "" : "s")"
    return "; random networks of \(layers), σ_w² = \(network.weightVariance), σ_b² = \(network.biasVariance)"
  }

  /// What P(f) is to be held against: its value if all labellings of the points were equally probable.
  private func compare(_ log10Probability: Double, n: Int) {
    let uniform = -Double(n) * log10(2)
    if !json {
      print("were all labellings of the n points equally probable: log10 P = \(ShownNumber.text(uniform))")
    }
    guard log10Probability < uniform else { return }
    Console.note(
      """
      plateau: f is less probable than if coins had labelled the points: it does not go with these inputs. Are both \
      in the same order?
      """)
  }

  private func show(_ estimate: FunctionPriorEstimate, _ process: NNGPKernel?) throws {
    if json {
      try Console.print(json: PriorAnswer(estimate, likelihood: likelihood))
    } else {
      print(
        "log10 P(f) = \(ShownNumber.text(estimate.log10Probability))   "
          + "(ln P(f) = \(ShownNumber.text(estimate.logProbabilityInNats)) nats)")
      print(
        "n = \(estimate.n), \(likelihood.rawValue) likelihood, \(estimate.sweeps) sweeps\(words(process))")
    }
    compare(estimate.log10Probability, n: estimate.n)
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
