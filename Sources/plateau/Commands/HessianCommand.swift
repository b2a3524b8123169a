import ArgumentParser
import Flatness
import LinearAlgebra

struct HessianCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hessian",
    abstract: "Measures the largest eigenvalues of the Hessian of a network of yours on its training set.",
    discussion: """
      \(NetworkOptions.explanation)
      The Hessian is that of the mean sigmoid cross-entropy in nats, with the second derivative of ReLU as 0.
      With --json: spectralNorm is the largest eigenvalue in magnitude; topEigenvalues are the largest positive
      ones, descending, fewer than --top where fewer are positive, none where their iteration does not settle; logProduct is the natural logarithm of their
      product, null where there are none; n is the number of parameters, the size of the Hessian.

      EXAMPLES
        plateau hessian --weights W.safetensors --inputs X.npy --labels y.npy
        plateau hessian --weights W.safetensors --inputs X.npy --labels y.npy --top 10 --json
      """)

  @OptionGroup var files: NetworkOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("How many eigenvalues at most.", valueName: "k"))
  var top = 50

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if top < 1 { throw ValidationError("--top is \(top); it must be at least 1") }
  }

  func run() async throws {
    try await Console.orExplain {
      let loaded = try files.load()
      BLASRuntime.threadCount = 1
      let interruption = Interruption()
      let estimate = try HessianSpectrum(top: top).measure(
        of: loaded.network, inputs: loaded.inputs, labels: loaded.labels,
        isCancelled: { interruption.isRequested })
      try show(estimate)
    }
  }

  private func show(_ estimate: HessianSpectrumEstimate) throws {
    if json {
      try JSONOutput.print(
        HessianAnswer(
          spectralNorm: estimate.spectralNorm, topEigenvalues: estimate.topEigenvalues,
          logProduct: estimate.logProduct, n: estimate.n))
    } else {
      let count = estimate.topEigenvalues.count
      print("spectral norm = \(estimate.spectralNorm)")
      if let logarithm = estimate.logProduct {
        print("ln of the product of the \(count) largest positive eigenvalues = \(logarithm)")
        print("they are \(estimate.topEigenvalues.map { "\($0)" }.joined(separator: ", "))")
      } else {
        print("no eigenvalue is positive, or the largest ones did not settle: try a smaller --top")
      }
      print("\(estimate.n) parameters, \(estimate.products) Hessian–vector products")
    }
  }
}
