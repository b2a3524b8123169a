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
      """)

  @OptionGroup var work: WorkOptions

  func run() async throws {
    try await Console.orExplain {
      let progress = ProgressBar()
      let workload = try Workload(work.request, in: work.places, tell: { progress.record($0) })
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
    }
  }

  private func text(_ name: String, _ row: PlanSummary.Row) -> String {
    func column(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return column(name, 6) + column("\(row.runs)", 6) + column("\(row.cached)", 8)
      + column("\(row.missing)", 9) + "  " + (row.seconds.map { "about " + ProgressText.clock($0) } ?? "–")
  }
}
