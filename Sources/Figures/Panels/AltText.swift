import Planning

/// The alternative text of a chart, made from its data: what is plotted, over which range, how many points, r
/// and ρ.
enum AltText {
  static func sentences(
    scatters: [ScatterPanel], traces: [TracePanel], statistics: [StatisticRow], unavailable: [String]
  ) -> String {
    let missing =
      unavailable.isEmpty
      ? []
      : ["Not available: panel\(unavailable.count == 1 ? "" : "s") \(unavailable.joined(separator: ", "))."]
    return (scatters.map { sentence($0, statistics) } + traces.map(sentence) + missing).joined(separator: " ")
  }

  private static func sentence(_ panel: ScatterPanel, _ statistics: [StatisticRow]) -> String {
    let likelihood = panel.drawnLikelihood
    let (x, y) = panel.values(likelihood)
    func value(_ name: StatisticName) -> String {
      guard case .measured(let value, _, _) = panel.estimate(likelihood, name, in: statistics) else {
        return "unmeasured"
      }
      return NumberText.correlation(value)
    }
    return
      "Panel \(panel.spec.id), \(panel.spec.title): scatter plot of \(x.count) networks, \(QuantityText.plain(panel.x, likelihood)) \(range(x)) against \(QuantityText.plain(panel.y, likelihood)) \(range(y)), coloured by attack set size; Pearson r \(value(.pearson)), Spearman ρ \(value(.spearman))."
  }

  private static func sentence(_ panel: TracePanel) -> String {
    let ends = [panel.trace.first, panel.trace.last].compactMap { $0 }.map { NumberText.plain($0, digits: 4) }
    let settled = panel.settledStep.map { ", settled by step \($0)" } ?? ""
    return
      "\(panel.spec.title): line of the largest loss on S found so far against the step of the ascent, rising from \(ends.joined(separator: " to ")) nats over \(panel.trace.count - 1) steps\(settled)."
  }

  private static func range(_ values: [Double]) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return "(not measured)" }
    return "from \(NumberText.plain(low)) to \(NumberText.plain(high))"
  }
}
