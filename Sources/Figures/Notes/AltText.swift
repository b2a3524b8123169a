import Encodings
import ReportDocuments
import Specifications

/// The alternative text of a chart, made from its data: what is plotted, over which range, how many points, r
/// and ρ.
enum AltText {
  static func sentences(_ parts: [FigurePart], statistics: [StatisticRow]) -> String {
    let missing = parts.compactMap { if case .unavailable(let panel, _) = $0 { panel.id } else { nil } }
    let byComplexity = parts.areColouredByComplexity
    let sentences = parts.compactMap { part in
      switch part {
      case .scatter(let panel): sentence(panel, statistics, byComplexity: byComplexity)
      case .trace(let panel): sentence(panel)
      case .timeline(let panel): sentence(panel)
      case .sample(let panel): sentence(panel)
      case .unavailable: nil
      }
    }
    let absence =
      missing.isEmpty
      ? [] : ["Not available: panel\(missing.count == 1 ? "" : "s") \(missing.joined(separator: ", "))."]
    return (sentences + absence).joined(separator: " ")
  }

  private static func sentence(
    _ panel: ScatterPanel, _ statistics: [StatisticRow], byComplexity: Bool
  ) -> String {
    let likelihood = panel.drawnLikelihood
    let (x, y) = panel.values(likelihood)
    func value(_ name: StatisticName) -> String {
      guard case .measured(let value, _, _) = panel.estimate(likelihood, name, in: statistics) else {
        return "unmeasured"
      }
      return NumberText.correlation(value)
    }
    return
      "Panel \(panel.spec.id), \(panel.spec.title): scatter plot of \(x.count) networks, \(QuantityText.plain(panel.x, likelihood)) \(range(x)) against \(QuantityText.plain(panel.y, likelihood)) \(range(y)), coloured by \(byComplexity ? "Lempel–Ziv complexity of f" : "attack set size"); Pearson r \(value(.pearson)), Spearman ρ \(value(.spearman))."
  }

  private static func sentence(_ panel: TracePanel) -> String {
    let ends = [panel.trace.first, panel.trace.last].compactMap { $0 }.map { NumberText.plain($0, digits: 4) }
    let settled = panel.settledStep.map { ", settled by step \($0)" } ?? ""
    return
      "\(panel.spec.title): line of the largest loss on S found so far against the step of the ascent, rising from \(ends.joined(separator: " to ")) nats over \(panel.trace.count - 1) steps\(settled)."
  }

  private static func sentence(_ panel: FunctionSamplePanel) -> String {
    let result = panel.result
    func probability(_ count: Int?) -> String {
      count.map { NumberText.plain(result.probability(ofCount: $0)) } ?? "–"
    }
    let found =
      "\(NumberText.grouped(result.distinct)) functions found among \(NumberText.grouped(result.samples)) networks"
    if panel.spec.kind == .rankFrequency {
      return
        "Panel \(panel.spec.id), \(panel.spec.title): line of P(f) against the rank of f, both logarithmic, over \(found), falling from \(probability(result.countValues.first)) to \(probability(result.countValues.last))."
    }
    return
      "Panel \(panel.spec.id), \(panel.spec.title): P(f), logarithmic, against the Lempel–Ziv complexity of f \(range(result.complexities)) bits for the \(result.functions.count) most frequent functions, with a line through the most frequent function of each complexity, over \(found)."
  }

  private static func sentence(_ panel: TimelinePanel) -> String {
    func course(_ quantity: Quantity) -> String {
      let values = panel.values(quantity).compactMap { $0 }
      let ends = [values.first, values.last].compactMap { $0 }.map { NumberText.plain($0) }
      return
        "\(QuantityText.plain(quantity, panel.drawnLikelihood)) \(range(values)), \(ends.joined(separator: " at first and ")) at the end"
    }
    let lines = [panel.spec.y, panel.spec.right].compactMap { $0 }.map(course).joined(separator: "; ")
    let zero = panel.result.zeroErrorEpoch.map { "; zero error at epoch \($0)" } ?? "; zero error not reached"
    let rescaled =
      panel.result.rescalingIndex.map { "; rescaled at epoch \(panel.result.epochs[$0])" } ?? ""
    return
      "Panel \(panel.spec.id), \(panel.spec.title): lines against the epoch, 0 to \(panel.result.epochs.last ?? 0): \(lines)\(zero)\(rescaled)."
  }

  private static func range(_ values: [Double]) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return "(not measured)" }
    return "from \(NumberText.plain(low)) to \(NumberText.plain(high))"
  }
}
