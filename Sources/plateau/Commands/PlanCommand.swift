import ArgumentParser
import Workflow

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Lists what would be executed: stored and missing runs, and the estimated time.",
    discussion: """
      EXAMPLES
        plateau plan --profile paper
        plateau plan --figures 3,S5
        plateau plan --profile paper --cores 512 --cores-per-node 64     on a cluster
        plateau plan --profile paper --json
      """)

  @OptionGroup var work: WorkOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Also tell how long so many cores of a cluster would take.", valueName: "n"))
  var cores: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The cores of a node of that cluster; by default those of this machine.", valueName: "n"))
  var coresPerNode: Int?

  @Flag(help: "Print one JSON object: every piece of work with its key, class, seconds, memory and state.")
  var json = false

  func validate() throws {
    if let cores { try OptionBounds.check("--cores", cores, 1...100_000_000) }
    if let coresPerNode { try OptionBounds.check("--cores-per-node", coresPerNode, OptionBounds.jobs) }
    if cores == nil, coresPerNode != nil, !json {
      throw ValidationError("--cores-per-node does nothing without --cores or --json")
    }
    if json, cores != nil { throw ValidationError("--json lists the pieces; leave --cores out") }
  }

  func run() async throws {
    try await Console.orExplain {
      let progress = ProgressBar()
      let workload = try Workload(work.request, in: work.places, tell: { progress.record($0) })
      if json {
        let overview = try WorkOverview(workload, coresOfNode: coresPerNode, tell: { progress.record($0) })
        return try Console.print(json: ["pieces": overview.pieces])
      }
      let plan = PlanSummary(workload, tell: { progress.record($0) })
      print("figure  runs  cached  missing  time on \(work.request.jobs) at once")
      for figure in plan.figures { print(text(figure.id, figure.row)) }
      print(text("all", plan.all))
      for sample in plan.samples {
        let state = sample.isCached ? "cached" : "missing"
        print(
          "sample of \(sample.spec.samples) networks of \(sample.spec.variables) Boolean variables: \(state)")
      }
      for dataset in plan.datasets { print("\(dataset.name): \(dataset.summary)") }
      for refusal in plan.refusals { print(refusal) }
      if let cores {
        let overview = try WorkOverview(workload, coresOfNode: coresPerNode, tell: { progress.record($0) })
        for share in overview.shares {
          print(
            "\(share.name): \(share.pieces) pieces, \(ProgressText.clock(share.secondsOfCores)) of cores, the longest "
              + ProgressText.clock(share.longest))
        }
        print("on \(cores) cores: about \(ProgressText.clock(overview.seconds(onCores: cores)))")
      }
    }
  }

  private func text(_ name: String, _ row: PlanSummary.Row) -> String {
    TextColumn.right(name, 6) + TextColumn.right("\(row.runs)", 6) + TextColumn.right("\(row.cached)", 8)
      + TextColumn.right("\(row.missing)", 9) + "  "
      + (row.seconds.map { "about " + ProgressText.clock($0) } ?? "–")
  }
}
