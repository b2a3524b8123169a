import ArgumentParser
import Datasets
import Foundation
import FunctionPriors
import LinearAlgebra

struct PriorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prior",
    abstract: "Computes log P(f) of your own function, by expectation propagation.",
    discussion: """
      The kernel is given (K.npy, [n, n] float64) or computed from inputs (X.npy, [n, d], taken unscaled) for a
      fully connected ReLU network. Labels: y.npy, [n], of 0/1 or −1/+1. From 3000 points on all
      cores are used, and each sweep is reported on standard error; the peak memory is about 17 n² bytes.

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
    help: ArgumentHelp("Hidden layers of the network behind the kernel.", valueName: "L"))
  var depth = 2

  @Option(
    name: .customLong("sigma-w2"), parsing: .unconditional,
    help: ArgumentHelp("σ_w², the weight variance times fan-in.", valueName: "x"))
  var weightVariance = 2.0

  @Option(
    name: .customLong("sigma-b2"), parsing: .unconditional,
    help: ArgumentHelp("σ_b², the bias variance.", valueName: "x"))
  var biasVariance = 1.0

  @Option(help: ArgumentHelp("The function's outputs, [n].", valueName: "y.npy"))
  var labels: String

  @Option(
    help: ArgumentHelp("The step (the paper's words) or probit (its code).", valueName: "heaviside|probit"))
  var likelihood: Likelihood = .heaviside

  @Option(
    help: ArgumentHelp(
      "Add this to the kernel's diagonal; nothing is added unless you say so.", valueName: "x"))
  var jitter = 0.0

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if (kernel == nil) == (inputs == nil) {
      throw ValidationError("give either --kernel K.npy or --inputs X.npy")
    }
    if depth < 0 { throw ValidationError("--depth is \(depth); it must be 0 or more") }
    if !(weightVariance > 0 && weightVariance.isFinite) {
      throw ValidationError("--sigma-w2 must be positive")
    }
    if !(biasVariance >= 0 && biasVariance.isFinite) {
      throw ValidationError("--sigma-b2 must not be negative")
    }
    if !(jitter >= 0 && jitter.isFinite) { throw ValidationError("--jitter must not be negative") }
  }

  func run() async throws {
    try await Console.orExplain {
      // As in the runs of a report: one thread, so that the order of sums does not depend on the machine.
      BLASRuntime.threadCount = 1
      let labels = try NumpyArray(path: labels).labels(path: labels)
      let covariance = try CovarianceKernel(matrix(), jitter: jitter)
      guard covariance.count == labels.count else {
        throw NumpyArrayError.wrongShape(
          path: self.labels, expected: "[\(covariance.count)], one for each row of the kernel",
          got: [labels.count])
      }
      let start = ContinuousClock.now
      let estimate = try ExpectationPropagation(likelihood: likelihood).logProbability(
        of: labels, kernel: covariance
      ) { sweep in
        guard covariance.count >= ExpectationPropagationWorkspace.largeCount else { return }
        let change = sweep.change.map { ", changed by \($0)" } ?? ""
        let seconds = start.duration(to: .now).components.seconds
        Console.note(
          "plateau: sweep \(sweep.sweep), ln P(f) = \(sweep.logProbabilityInNats)\(change); \(seconds) s")
      }
      try show(estimate)
    }
  }

  private func matrix() throws -> Matrix<Double> {
    if let kernel {
      let array = try NumpyArray(path: kernel)
      guard array.shape.count == 2, array.shape[0] == array.shape[1] else {
        throw NumpyArrayError.wrongShape(path: kernel, expected: "[n, n]", got: array.shape)
      }
      return try array.inputs(path: kernel)
    }
    let path = inputs ?? ""
    return NNGPKernel(hiddenLayers: depth, weightVariance: weightVariance, biasVariance: biasVariance)
      .matrix(try NumpyArray(path: path).inputs(path: path))
  }

  private func show(_ estimate: FunctionPriorEstimate) throws {
    struct Answer: Encodable {
      let logProbabilityInNats: Double
      let log10Probability: Double
      let likelihood: String
      let n: Int
      let sweeps: Int
      let converged: Bool
    }
    if json {
      try JSONOutput.print(
        Answer(
          logProbabilityInNats: estimate.logProbabilityInNats, log10Probability: estimate.log10Probability,
          likelihood: likelihood.rawValue, n: estimate.n, sweeps: estimate.sweeps,
          converged: estimate.converged))
    } else {
      print("log10 P(f) = \(estimate.log10Probability)   (ln P(f) = \(estimate.logProbabilityInNats) nats)")
      print("n = \(estimate.n), \(likelihood.rawValue) likelihood, \(estimate.sweeps) sweeps")
    }
    if !estimate.converged {
      Console.note(
        "plateau: not converged after \(estimate.sweeps) sweeps; the last change was \(estimate.lastChange) nats"
      )
      throw ExitCode(1)
    }
  }
}

extension Likelihood: ExpressibleByArgument {}
