import Encodings
import ReportDocuments
import Reporting
import Specifications

/// `Results.md`: what came out, from kept reports, with nothing in it that they do not state but the words of its
/// notes.
package struct ResultsPage {
  /// What the page begins with, by which it is known again.
  package static let beginning = "# Results\n\n<!-- Made by `plateau results`: "
  private let reports: [ReportExcerpt]
  private let notes: ResultsNotes
  /// From the page to the folder of a report.
  private let link: (ReportExcerpt) -> String
  /// What a report's spec says of a figure, such as `fig3`.
  private let caption: (ReportExcerpt, String) -> String?

  /// - Parameters:
  ///   - reports: in the order in which the page goes through them.
  ///   - notes: what people add.
  ///   - link: the path from the page to the folder of a report.
  ///   - caption: what a report's spec says of a figure, such as `fig3`; nil where it has none.
  /// - Throws: ``ResultsError`` for two reports of the same name.
  package init(
    _ reports: [ReportExcerpt], notes: ResultsNotes, link: @escaping (ReportExcerpt) -> String,
    caption: @escaping (ReportExcerpt, String) -> String? = { _, _ in nil }
  ) throws(ResultsError) {
    for (index, report) in reports.enumerated()
    where reports[..<index].contains(where: { $0.name == report.name }) {
      throw .sameName(report.name)
    }
    self.reports = reports
    self.notes = notes
    self.link = link
    self.caption = caption
  }

  /// The text, in GitHub's Markdown.
  ///
  /// - Throws: ``ResultsError`` where the notes ask for a number that no report has.
  package func text() throws(ResultsError) -> String {
    let notes = try notes.filled(from: reports)
    let paragraphs =
      [
        Self.beginning + "its notes may be edited, and not this page. -->",
        """
        Every number on this page is one of these reports'. The folder of each has numbers and verdicts in `metrics.json`,
        settings, runs and data in `provenance.json`, and specs in `source/figures/`; `SHA256SUMS`, whose own SHA-256 is
        the digest of the whole report, has the digest of each file.
        """,
        reportTable,
        "## The claims",
        """
        A claim is judged wherever its figures show it; beside the
        count stands the first of these places, with its verdict and the rule's threshold. Judgements are not independent:
        one set of networks counts once for each likelihood. Where two figures show the same networks, their judgement counts
        once. Intervals are 95 %.
        """,
        Self.claimTable(reports, most: nil), notes.before, "## Every judgement",
      ]
      + claims.map(judgements) + ["## Figures"] + reports.flatMap(figures) + ["## What is missing", missing]
      + [notes.after]
    return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  // MARK: Reports

  private func link(to report: ReportExcerpt) -> String {
    "[\(MarkdownText.escaped(report.name))](\(address(report)))"
  }

  private func address(_ report: ReportExcerpt) -> String {
    let path = link(report)
    return MarkdownText.address(path.isEmpty ? "." : path)
  }

  private var reportTable: String {
    let rows = reports.map { report in
      let data = Set(
        report.provenance.figures.values.flatMap(\.data).map { "\($0.name) `\($0.sha256.prefix(8))`" })
      let runs = Set(report.provenance.figures.values.flatMap(\.runs).map(\.key)).count
      return [
        link(to: report),
        report.figures.map(FigureName.id).joined(separator: ", "),
        "\(report.metrics.profile), seed \(report.metrics.seed)", NumberText.grouped(runs),
        data.sorted().joined(separator: ", "), MarkdownText.escaped(report.machineWords),
        report.run.map { String($0.finished.prefix(10)) } ?? "–", report.metrics.plateauVersion,
        "`\(report.digest.prefix(16))`",
      ]
    }
    return MarkdownText.table(
      ["Report", "Figures", "Profile", "Runs", "Data, SHA-256", "Machine", "Made", "plateau", "Digest"], rows)
  }

  // MARK: Claims

  /// A judgement with its report.
  private struct Judged {
    let report: ReportExcerpt
    let claim: MetricsDocument.Claim

    /// The statistics that decided.
    var statistics: [MetricsDocument.Statistic] {
      claim.statistics.compactMap { id in report.metrics.statistics.first { $0.id == id } }
    }

    /// Such as "3 (a), step likelihood".
    var place: String {
      MarkdownText.escaped(
        FigureName.id(of: claim.figure) + (claim.panel.map { " \($0)" } ?? "")
          + (claim.condition.map { ", \($0)" } ?? ""))
    }
  }

  /// All judgements of a claim, of which there is at least one.
  private struct JudgedClaim {
    let judgements: [Judged]
    /// The claim as the first of them has it.
    var claim: MetricsDocument.Claim { judgements[0].claim }
  }

  private var claims: [JudgedClaim] { Self.claims(of: reports) }

  private static func claims(of reports: [ReportExcerpt]) -> [JudgedClaim] {
    let all = reports.flatMap { report in report.metrics.claims.map { Judged(report: report, claim: $0) } }
    return all.grouped(by: \.claim.name).map(JudgedClaim.init)
  }

  /// One row a claim, in the order in which the reports judge them: first those of the paper, at most `most` of them
  /// where it is given, and otherwise behind them those beyond it.
  package static func claimTable(_ reports: [ReportExcerpt], most: Int?) -> String {
    let claims = claims(of: reports)
    let ofPaper = claims.filter { $0.claim.paperSays != nil }
    let shown =
      most.map { Array(ofPaper.prefix($0)) } ?? ofPaper + claims.filter { $0.claim.paperSays == nil }
    let rows = shown.map { claim in
      [
        MarkdownText.escaped(claim.claim.statement),
        MarkdownText.escaped(claim.claim.paperSays ?? "beyond the paper"),
        tally(claim.judgements),
        claim.judgements.first { $0.claim.verdict != VerdictName.notJudged.rawValue }.map(firstWords) ?? "–",
      ]
    }
    return MarkdownText.table(["Claim", "The paper", "Here", "First judged on"], rows)
  }

  /// Such as "3 d, undecided by the threshold 0.5: Spearman ρ = 0.62 [0.40, 0.77], n = 55".
  private static func firstWords(_ judged: Judged) -> String {
    let threshold = judged.claim.threshold.flatMap { NumberText.exact($0) }.map {
      " by the threshold \($0.plain)"
    }
    return
      "\(judged.place), \(VerdictName.words(of: judged.claim.verdict))\(threshold ?? ""): \(evidence(judged))"
  }

  /// Such as "**holds** 12, **undecided** 2 of 14".
  private static func tally(_ judgements: [Judged]) -> String {
    let judged = judgements.filter { $0.claim.verdict != VerdictName.notJudged.rawValue }
      .countedOnce { JudgementEvidence(of: $0.claim, in: $0.report.metrics) }
    guard !judged.isEmpty else { return "not judged" }
    let parts = [VerdictName.holds, .doesNotHold, .undecided].compactMap { verdict -> String? in
      let count = judged.count { $0.claim.verdict == verdict.rawValue }
      return count == 0 ? nil : "**\(verdict.words.lowercased())** \(count)"
    }
    return parts.joined(separator: ", ") + " of \(judged.count)"
  }

  /// The statistics that decided: both of two, and the first of more.
  private static func evidence(_ judged: Judged) -> String {
    let statistics = judged.statistics
    guard !statistics.isEmpty else { return judged.claim.reason.map(MarkdownText.escaped) ?? "–" }
    let shown = statistics.prefix(statistics.count > 2 ? 1 : 2)
    let more = statistics.count - shown.count
    return shown.map { "\(MarkdownText.escaped($0.title)) = \(ResultsNotes.number($0))" }
      .joined(separator: "; ")
      + (more > 0 ? "; and \(more) more" : "")
  }

  private func judgements(_ claim: JudgedClaim) -> String {
    let rows = claim.judgements.map { judged in
      [
        "[\(judged.place)](#\(Self.anchor(judged.report, judged.claim.figure)))",
        MarkdownText.escaped(judged.statistics.first?.quantities ?? "–"), Self.evidence(judged),
        judged.claim.paperResult.map(MarkdownText.escaped) ?? "–",
        VerdictName.words(of: judged.claim.verdict),
      ]
    }
    return "### \(MarkdownText.escaped(claim.claim.statement))\n\n`\(claim.claim.name)` "
      + "\(MarkdownText.escaped(claim.claim.rule)).\n\n"
      + MarkdownText.table(["Figure", "Of", "Statistic", "The paper's", "Verdict"], rows)
  }

  // MARK: Figures

  private func figures(_ report: ReportExcerpt) -> [String] {
    report.figures.compactMap { figure in
      guard let picture = report.picture(figure), let label = report.provenance.figures[figure]?.label else {
        return nil
      }
      let words = caption(report, figure).map { MarkdownText.escaped($0) } ?? ""
      return """
        <a id="\(Self.anchor(report, figure))"></a>

        ![\(label), report \(MarkdownText.escaped(report.name))](\(address(report))/\(picture))

        **\(label)**, report \(link(to: report)). \(words)
        """
    }
  }

  private static func anchor(_ report: ReportExcerpt, _ figure: String) -> String {
    "\(report.name)-\(figure)"
  }

  /// What the reports say that they lack: the panels of each figure that are missing for the same reason.
  private var missing: String {
    var rows: [[String]] = []
    for report in reports {
      for name in report.figures {
        let panels = report.provenance.figures[name]?.missingPanels ?? []
        for alike in panels.sorted(by: { $0.reason < $1.reason }).grouped(by: \.reason) {
          let letters = alike.map(\.panel).joined(separator: ", ")
          let cells = [report.name, "\(FigureName.id(of: name)) \(letters)", alike[0].reason]
          rows.append(cells.map(MarkdownText.escaped))
        }
      }
    }
    return rows.isEmpty
      ? "No panel of these figures is missing." : MarkdownText.table(["Report", "Panels", "Why"], rows)
  }
}
