import Encodings

/// The alternative text of a chart, made from its data: what is plotted, over which range, how many points, r
/// and ρ.
enum AltText {
  static func sentences(_ panels: FigurePanels, in style: FigureStyle) -> String {
    let missing = panels.all.compactMap { ($0 as? UnavailablePanel)?.spec.id }
    let absence =
      missing.isEmpty
      ? [] : ["Not available: panel\(missing.count == 1 ? "" : "s") \(missing.joined(separator: ", "))."]
    return (panels.all.compactMap { $0.altText(in: style) } + absence).joined(separator: " ")
  }

  static func range(_ values: [Double]) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return "(not measured)" }
    return "from \(NumberText.plain(low)) to \(NumberText.plain(high))"
  }
}
