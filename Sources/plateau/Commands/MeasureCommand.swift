import ArgumentParser
import Foundation
import Workflow

struct MeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measures the flatness of your own network on its training set in every way there is.",
    discussion: """
      \(NetworkOptions.explanation)
      The measures, which Documentation/Method.md defines, with their constants in figures/table1.yml:
        \(MeasureJob.names.joined(separator: "\n  "))
      Losses are in nats. sharpness has the settings of FCN on MNIST in the paper's Table 1; hessian is the spectral
      norm, and hessian-log-product the natural logarithm of the product of the 50 largest eigenvalues. relative-flatness
      and the PAC-Bayes flatnesses are larger for sharper minima. marginal-likelihood and marginal-likelihood-probit are
      log P(S) in nats: of the labels alone, for infinitely wide networks as deep as yours, with the variances 2 of
      weights and 1 of biases.

      With --json, {"measures": {"sam-sharpness": {"value": …}, …}}: each measure has a value, null with a reason where
      it could not be had, and a standardError where it is estimated. Values have all their digits there, six elsewhere.

      EXAMPLES
        plateau measure --weights W.safetensors --inputs X.npy --labels y.npy
        plateau measure --weights W.safetensors --inputs X.npy --labels y.npy --measures path-norm,margin --json
      """)

  @OptionGroup var network: NetworkOptions

  @Option(help: ArgumentHelp("Which measures, such as path-norm,margin; or all.", valueName: "names"))
  var measures = "all"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the order of batches and of noise.", valueName: "n"))
  var seed: UInt64 = 1

  func validate() throws {
    for name in names where !MeasureJob.names.contains(name) {
      throw ValidationError(
        "--measures names \"\(name)\"; there are all, \(MeasureJob.names.joined(separator: ", "))")
    }
  }

  private var names: [String] {
    measures == "all"
      ? MeasureJob.names
      : measures.split(separator: ",", omittingEmptySubsequences: false).map {
        String($0.trimmingPrefix { $0 == " " })
      }
  }

  func run() async throws {
    try await Console.orExplain {
      let interruption = Interruption()
      let job = try MeasureJob(network.files, names: names, project: .current, seed: seed)
      let bar = StepBar()
      defer { bar.finish() }
      let answer = try job.execute(isCancelled: { interruption.isRequested }, tell: bar.show)
      bar.finish()
      if network.json {
        try Console.print(json: answer)
      } else {
        show(answer)
      }
      network.warn(of: answer.wrong)
    }
  }

  /// Six significant ones; --json has all.
  private func digits(_ value: Double) -> String { String(format: "%.6g", value) }

  private func show(_ answer: MeasureAnswer) {
    let rows =
      [("measure", "value", "standard error")]
      + answer.entries.map {
        ($0.name, $0.value.map(digits) ?? "–", $0.standardError.map(digits) ?? $0.reason ?? "")
      }
    let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
    for row in rows {
      let last = row.2.isEmpty ? row.1 : TextColumn.left(row.1, widths.1) + "  " + row.2
      print(TextColumn.left(row.0, widths.0) + "  " + last)
    }
  }
}
