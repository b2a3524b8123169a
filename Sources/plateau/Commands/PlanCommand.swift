import ArgumentParser
import Experiments

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
      let costs = workload.costs
      print("figure  runs  cached  missing  time on \(work.jobCount) at once")
      for figure in workload.figures {
        let items = workload.survey.items.filter { $0.run.figures.contains(figure.id) }
        let samples = workload.survey.samples.filter { $0.sample.figures.contains(figure.id) }
        print(row(figure.id, items, samples, costs))
      }
      print(row("all", workload.survey.items, workload.survey.samples, costs))
      for sample in workload.survey.samples {
        let state = sample.state == .cached ? "cached" : "missing"
        print(
          "sample of \(sample.sample.spec.samples) networks of \(sample.sample.spec.variables) Boolean variables: \(state)"
        )
      }
      for (name, summary) in datasets(workload) { print("\(name): \(summary)") }
    }
  }

  private func row(
    _ name: String, _ items: [Survey.Item], _ samples: [Survey.SampleItem], _ costs: CostModel
  ) -> String {
    let pending = items.filter { $0.state != .cached }
    let pendingSamples = samples.filter { $0.state != .cached }
    let ofSamples = pendingSamples.reduce(0) { $0 + costs.seconds($1.sample.spec) }
    let ofKernels = costs.secondsOfKernels(pending.map(\.run))
    let seconds = pending.reduce(ofSamples + ofKernels) { $0 + costs.seconds($1.run) } / Double(work.jobCount)
    func column(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    let isCached = pending.isEmpty && pendingSamples.isEmpty
    return column(name, 6) + column("\(items.count)", 6) + column("\(items.count - pending.count)", 8)
      + column("\(pending.count)", 9) + "  " + (isCached ? "–" : "about " + ProgressBar.clock(seconds))
  }

  private func datasets(_ workload: Workload) -> [(String, String)] {
    let trainings = workload.plan.runs.map(\.training).filter { $0.target == nil }
    return Set(trainings.map(\.dataset.name)).sorted().compactMap { name in
      trainings.first { $0.dataset.name == name }.map { (name, workload.data[$0].summary) }
    }
  }
}
