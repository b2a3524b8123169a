import ArgumentParser
import Experiments
import Planning

struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Says what would run: cached, missing, and the estimated time.",
    discussion: """
      EXAMPLES
        plateau plan --profile paper
        plateau plan --figures 3,S5
      """)

  @OptionGroup var work: WorkOptions

  func run() async throws {
    try await Console.orExplain {
      let workload = try Workload(work)
      let costs = CostModel(known: workload.survey.items.compactMap(\.record))
      print("figure  runs  cached  missing  time on \(work.jobCount) at once")
      for figure in workload.figures {
        let items = workload.survey.items.filter { $0.run.figures.contains(figure.id) }
        print(row(figure.id, items, costs))
      }
      print(row("all", workload.survey.items, costs))
      for (name, summary) in datasets(workload) { print("\(name): \(summary)") }
    }
  }

  private func row(_ name: String, _ items: [Survey.Item], _ costs: CostModel) -> String {
    let pending = items.filter { $0.state != .cached }
    let seconds = pending.reduce(0) { $0 + costs.seconds($1.run) } / Double(work.jobCount)
    func column(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return column(name, 6) + column("\(items.count)", 6) + column("\(items.count - pending.count)", 8)
      + column("\(pending.count)", 9) + "  " + (pending.isEmpty ? "–" : "about " + ProgressBar.clock(seconds))
  }

  private func datasets(_ workload: Workload) -> [(String, String)] {
    let specs = Set(workload.plan.runs.map(\.training.dataset))
    return Set(specs.map(\.name)).sorted().compactMap { name in
      specs.first { $0.name == name }.map { (name, workload.data[$0].summary) }
    }
  }
}
