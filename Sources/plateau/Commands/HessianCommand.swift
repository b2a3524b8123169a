import ArgumentParser
import Workflow

struct HessianCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hessian",
    abstract: "Measures the largest eigenvalues of the Hessian of your own network on its training set.",
    discussion: """
      \(NetworkOptions.explanation) \
      The Hessian is that of the mean sigmoid cross-entropy in nats; the second derivative of ReLU is taken as 0.

      With --json, one object with these keys:
        spectralNorm     the largest eigenvalue in magnitude
        topEigenvalues   the largest positive eigenvalues, descending, at most --top; [] if the iteration does
                         not converge
        logProduct       the natural logarithm of their product; null if there are none
        n                the number of parameters, which is the size of the Hessian
        trace            with --trace: the trace, the sum of all n eigenvalues

      EXAMPLES
        plateau hessian --weights W.safetensors --inputs X.npy --labels y.npy
        plateau hessian --weights W.safetensors --inputs X.npy --labels y.npy --top 10 --trace --json
      """)

  @OptionGroup var network: NetworkOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("How many eigenvalues at most.", valueName: "k"))
  var top = 50

  @Flag(help: "Measure the trace too: exact, for the cost of one gradient.")
  var trace = false

  func validate() throws {
    try OptionBounds.check("--top", top, OptionBounds.counts)
  }

  func run() async throws {
    try await Console.orExplain {
      let interruption = Interruption()
      let answer = try HessianJob(network.files, top: top, withTrace: trace).execute(
        isCancelled: { interruption.isRequested })
      if network.json {
        try Console.print(json: answer)
      } else {
        show(answer)
      }
      network.warn(of: answer.wrong)
    }
  }

  private func show(_ answer: HessianAnswer) {
    print(
      "spectral norm = \(ShownNumber.text(answer.spectralNorm))   (of the Hessian of the mean loss in nats; smaller is flatter)"
    )
    if let logarithm = answer.logProduct {
      print(
        "ln of the product of the \(answer.topEigenvalues.count) largest positive eigenvalues = \(ShownNumber.text(logarithm))"
      )
      let largest = answer.topEigenvalues.prefix(5).map(ShownNumber.text).joined(separator: ", ")
      let others = answer.topEigenvalues.count - 5
      print("the largest are \(largest)\(others > 0 ? "; \(others) more by --json" : "")")
    } else {
      print("no eigenvalue is positive, or their iteration did not converge: try a smaller --top")
    }
    if let trace = answer.trace { print("trace = \(ShownNumber.text(trace))") }
    print("\(answer.n) parameters, \(answer.products) Hessian–vector products")
  }
}
