import Figures
import Plotting
import Specifications

/// `report.pdf`: the report for printing, a page of what it comes to and one for each figure.
struct PrintedReport {
  let content: ReportContent
  /// The picture of each section, in their order.
  let pictures: [any Picture]

  /// The PDF; equal for equal content.
  ///
  /// - Throws: `PlottingError`, for example when the font is not installed.
  func pdf() throws -> [UInt8] {
    try PictureRenderer(creationDate: content.inputs.date).book(
      [(title: "Overview", picture: overview)]
        + zip(content.sections, pictures).map { figure, picture in
          (title: "\(figure.label): \(figure.title)", picture: page(figure, picture))
        })
  }

  private var foot: String {
    "plateau \(content.plateauVersion), profile \(content.profile.name), seed \(content.seed). Statistics, data, settings and provenance: index.html."
  }

  private var overview: FigurePage {
    let claims = content.countedClaims.grouped(by: \.name).compactMap { judged -> String? in
      guard let first = judged.first else { return nil }
      let counts = VerdictCountView.counts(of: judged).map {
        "\($0.verdict.words.lowercased()) in \($0.count)"
      }
      let paper = first.paperSays.map { "The paper: \($0.withoutFinalStop)." } ?? "Beyond the paper."
      return "• \(first.statement) \(paper) These data: \(counts.joined(separator: ", "))."
    }
    let summary = ReportSummary(content)
    let data = content.datasets.map(\.summary).joined(separator: "; ")
    let paragraphs: [String] = [
      content.subtitle, [summary.verdicts, summary.optimisers].compactMap(\.self).joined(separator: " "),
      "Profile \(content.profile.name): \(content.profile.statement). Seed \(content.seed).",
      "Data: \(data.isEmpty ? "none, every figure is drawn" : data).",
      "Made by: \(content.command)",
      claims.isEmpty ? "" : "What the paper claims, and what these data say:",
    ]
    return FigurePage(
      heading: content.title, picture: nil,
      paragraphs: paragraphs.filter { !$0.isEmpty } + claims + [citation],
      foot: foot)
  }

  private var citation: String {
    let paper = Bibliography.paper
    return "To cite, with this report (index.html, Cite this): \(paper.text) \(paper.address ?? "")"
  }

  private func page(_ figure: FigureSection, _ picture: any Picture) -> FigurePage {
    let verdicts = content.claims.filter { $0.figure == figure.id }.map { claim in
      let place = [claim.panel.map { "(\($0))" }, claim.condition].compactMap { $0 }.joined(separator: " ")
      return "\(claim.name)\(place.isEmpty ? "" : " " + place): \(claim.verdict.words.lowercased())"
    }
    let findings = PaperFindingView.findings(of: figure).map { "\($0.panelMarks) \($0.finding)" }
    return FigurePage(
      heading: "\(figure.label). \(figure.title)", picture: picture,
      paragraphs: [figure.caption]
        + (figure.dataStatement.map { [$0] } ?? [])
        + (findings.isEmpty ? [] : ["The paper: " + findings.joined(separator: "; ") + "."])
        + (verdicts.isEmpty ? [] : ["Verdicts: " + verdicts.joined(separator: "; ") + "."])
        + figure.missingPanels.map { "Panel (\($0.id)) is not here: \($0.reason.withoutFinalStop)." }
        + figure.notes,
      foot: foot)
  }
}
