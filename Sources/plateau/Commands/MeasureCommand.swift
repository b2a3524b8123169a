import ArgumentParser
import Specifications
import Workflow

struct MeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measures the flatness of your own network on its training set in every way there is.",
    discussion: """
      \(NetworkOptions.explanation) \
      The measures, which Documentation/Method.md defines, with their constants in figures/table1.yml:
        \(MeasureJob.names.joined(separator: "\n  "))
      Losses are in nats. sharpness has the settings of FCN on MNIST in the paper's Table 1, in % of 1 + loss; hessian is \
      the spectral norm, and hessian-log-product the natural logarithm of the product of the 50 largest eigenvalues. The \
      PAC-Bayes flatnesses are 1/σ², found by halving an interval and only so well. marginal-likelihood and \
      marginal-likelihood-probit are log P(S) in nats: of the labels alone, for infinitely wide networks as deep as \
      yours, with the variances 2 of \
      weights and 1 of biases.

      With --json, {"measures": {"sam-sharpness": {"value": …}, …}}: each measure has a value, null with a reason where \
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

  private func show(_ answer: MeasureAnswer) {
    var rows = [["measure", "value", "±", "unit", "larger is"]]
    for entry in answer.entries {
      var row = [entry.name]
      if let number = entry.value {
        let value = MeasureJob.values[entry.name]
        row += [ShownNumber.text(number), entry.standardError.map(ShownNumber.text) ?? ""]
        row += [value?.unit ?? "", value?.isOfFlatness == true ? "sharper" : ""]
      } else {
        row += ["–", entry.reason ?? ""]
      }
      while row.last?.isEmpty == true { row.removeLast() }
      rows.append(row)
    }
    // A reason takes the rest of its row.
    let widths = (0..<4).map { column in
      rows.filter { column < $0.count - 1 }.map { $0[column].count }.max() ?? 0
    }
    for row in rows {
      let columns = row.dropLast().enumerated().map { TextColumn.left($1, widths[$0]) }
      print((columns + row.suffix(1)).joined(separator: "  "))
    }
  }
}
