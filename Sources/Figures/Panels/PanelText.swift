import Encodings
import ReportDocuments

/// The lines of statistics inside a scatter panel, in Pango markup.
enum PanelText {
  /// Pearson r and Spearman ρ with their 95 % intervals and p, and n; under the default likelihood.
  static func lines(_ panel: ScatterPanel, statistics: [StatisticRow]) -> [String] {
    let likelihood = panel.drawnLikelihood
    func line(_ symbol: String, _ name: StatisticName) -> String {
      "<i>\(symbol)</i> " + text(panel.estimate(likelihood, name, in: statistics))
    }
    if panel.comparesErrors {
      func value(_ name: StatisticName) -> Double? {
        panel.estimate(likelihood, name, in: statistics)?.value
      }
      let count = panel.comparable.count
      let bounded = value(.boundedShare).map { "\(Int(($0 * Double(count)).rounded()))" } ?? "–"
      return [
        "bound ≥ error for \(bounded) of \(count)",
        "mean excess \(value(.boundExcess).map { NumberText.plain($0) } ?? "–") %-points",
      ]
    }
    return [
      line("r", .pearson), line("ρ", .spearman), "<i>n</i> = \(panel.comparable.count)",
    ]
  }

  private static func text(_ estimate: Estimate?) -> String {
    guard case .measured(let value, let interval, let p) = estimate else { return "unmeasured" }
    var text = "= \(NumberText.correlation(value))"
    if let interval {
      text +=
        " [\(NumberText.correlation(interval.lowerBound)), \(NumberText.correlation(interval.upperBound))]"
    }
    if let p, let number = NumberText.pValue(p) {
      text +=
        ", <i>p</i> "
        + (number.leading.hasPrefix("<") ? "&lt;" + number.markup.dropFirst() : "= " + number.markup)
    }
    return text
  }
}
