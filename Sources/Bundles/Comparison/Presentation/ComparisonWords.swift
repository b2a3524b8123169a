import Encodings
import Figures
import Specifications

/// Differences in one line each, for the terminal and for Markdown.
struct ComparisonWords {
  let figure: Judged<FigureComparison>

  /// One line for each difference that counts or cannot be compared, the decisive ones first; then one line
  /// that sums up the differences that do not count.
  var lines: [String] {
    linesBeforeStatistics + decisiveStatistics.map(Self.statistic) + linesAfterStatistics
  }

  /// The same without a line for each statistic.
  var linesWithoutStatistics: [String] { linesBeforeStatistics + linesAfterStatistics }

  /// The statistics that make the reports differ, would do so or cannot be compared.
  var decisiveStatistics: [Judged<StatisticComparison>] {
    figure.statistics.filter { !$0.isTheSame && isDecisive($0) }
  }

  private var linesBeforeStatistics: [String] {
    let values = figure.settings + figure.data + figure.revisions
    var lines = values.changed.map { Self.change($0.part) + Self.acceptance($0.judgement) }
    lines += figure.verdicts.changed.map {
      "verdict of \(Self.change($0.part))\(Self.acceptance($0.judgement))"
    }
    lines += figure.panels.filter { !$0.isSame }.map { "(\($0.panel)) \($0.quantities): \($0.summary)" }
    lines += figure.tables.compactMap(Self.table)
    return lines + [figure.picture.flatMap(Self.picture)].compactMap { $0 }
  }

  private var linesAfterStatistics: [String] {
    let others = figure.statistics.count { !$0.isTheSame && !isDecisive($0) }
    return others > 0 ? ["\(others) more statistics moved, within interval or tolerance"] : []
  }

  private static func acceptance(_ judgement: Judgement) -> String {
    judgement.accepted == nil ? "" : ", accepted"
  }

  private func isDecisive(_ statistic: Judged<StatisticComparison>) -> Bool {
    statistic.counts || statistic.comparison == .incomparable || statistic.comparison == .changed
  }

  /// Such as "fcn.batch: 32 → 64", or "only in the first report" for one that is gone.
  static func change(_ value: ValueComparison) -> String {
    let (before, after) = (value.before.map(shortened), value.after.map(shortened))
    guard let before else { return "\(value.name): \(after ?? "–"), only in the second report" }
    guard let after else { return "\(value.name): \(before), only in the first report" }
    return "\(value.name): \(before) → \(after)"
  }

  /// A digest by its first twelve digits; any other text as it is.
  static func shortened(_ text: String) -> String {
    text.count == 64 && text.allSatisfy(\.isHexDigit) ? "\(text.prefix(12))…" : text
  }

  /// Both sides as printed, with p if that moved; for a move that no printed digit shows, its size.
  static func statistic(_ statistic: Judged<StatisticComparison>) -> String {
    let name = "(\(statistic.panel)) \(statistic.title), \(statistic.quantities)"
    func text(_ side: StatisticValue?) -> String {
      let p = statistic.before?.pValue == statistic.after?.pValue ? nil : side?.pValue
      return self.side(side) + (p.flatMap(pValue).map { ", " + $0 } ?? "")
    }
    let (before, after) = (text(statistic.before), text(statistic.after))
    let change =
      before == after
      ? "\(before), moved by \(number(statistic.largestMove))" : "\(before) → \(after)"
    return "\(name): \(change), \(statistic.comparison.words)\(acceptance(statistic.judgement))"
  }

  /// Such as "p = 0.083".
  static func pValue(_ p: Double) -> String? {
    NumberText.pValue(p).map { $0.leading.hasPrefix("<") ? "p \($0.plain)" : "p = \($0.plain)" }
  }

  /// Such as "0.812 [0.62, 0.91], n = 15".
  static func side(_ side: StatisticValue?) -> String {
    guard let side else { return "none" }
    return estimate(side) + (side.value == nil ? "" : ", n = \(side.n)")
  }

  /// Such as "0.812 [0.62, 0.91]", each number as `number` prints it.
  static func estimate(_ side: StatisticValue, number: (Double) -> String = ComparisonWords.number) -> String
  {
    guard let value = side.value else { return "unmeasured (\(side.unmeasured ?? "no reason given"))" }
    guard let lower = side.lower, let upper = side.upper else { return number(value) }
    return "\(number(value)) [\(number(lower)), \(number(upper))]"
  }

  static func number(_ value: Double) -> String { NumberText(value)?.plain ?? "–" }

  static func table(_ table: Judged<TableComparison>) -> String? {
    table.comparison == .identical
      ? nil : "\(table.file): \(rows(table))\(acceptance(table.judgement))"
  }

  /// Such as "rows 8 identical, 6 changed".
  static func rows(_ table: Judged<TableComparison>) -> String {
    if table.rows.isEmpty, table.identicalRows == 0 { return table.comparison.words }
    var parts = ComparisonClass.allCases.compactMap { comparison -> String? in
      let count = table.part.count(comparison)
      return count == 0 ? nil : "\(NumberText.grouped(count)) \(comparison.words)"
    }
    if !table.addedColumns.isEmpty {
      parts.append("columns added: " + table.addedColumns.joined(separator: ", "))
    }
    if !table.removedColumns.isEmpty {
      parts.append("columns removed: " + table.removedColumns.joined(separator: ", "))
    }
    return "rows " + parts.joined(separator: ", ")
  }

  static func picture(_ picture: Judged<PictureComparison>) -> String? {
    guard picture.comparison != .identical else { return nil }
    let end = acceptance(picture.judgement)
    guard let share = picture.changedShare else { return "picture \(picture.comparison.words)\(end)" }
    return "picture: \(percent(share)) of the pixels changed\(end)"
  }

  /// A share in %, and never 0 % for one that is not 0.
  static func percent(_ share: Double) -> String {
    (NumberText(100 * share, digits: 2)?.plain ?? "–") + " %"
  }
}

extension ReportComparison {
  /// "same", "differs" or "cannot be compared", with what that rests on.
  var verdictWords: String {
    let figures = figures.count { $0.counts }
    switch outcome {
    case .same:
      return before.digest == after.digest
        ? "Same: every byte but run.json’s"
        : "Same: everything is as close as the tolerances ask"
          + (accepted.contains { $0.accepted > 0 } ? ", or accepted" : "")
    case .differs: return "Differs: \(figures) of \(self.figures.count) figures"
    case .incomparable: return "Cannot be compared"
    }
  }

  /// What entries of accepted differences accept here, what they name and did not find, and which do not
  /// apply.
  var acceptedLines: [String] {
    let applied = accepted.filter { $0.unused == nil }.flatMap { use -> [String] in
      let head = "\(label(of: use.figure)), \(use.acceptance.entry)"
      let found =
        "\(use.accepted) difference\(use.accepted == 1 ? "" : "s") accepted: \(use.acceptance.words)"
      let names = use.unmet.prefix(3).joined(separator: ", ") + (use.unmet.count > 3 ? ", …" : "")
      return (use.accepted > 0 || use.unmet.isEmpty ? ["\(head): \(found)"] : [])
        + (use.unmet.isEmpty
          ? [] : ["\(head): \(use.unmet.count) named there, and not as accepted or gone: \(names)"])
    }
    let unused = accepted.compactMap { use in use.unused.map { "\(use.acceptance.entry) (\($0))" } }
    return applied
      + (unused.isEmpty ? [] : ["Entries without use here: \(unused.joined(separator: ", "))"])
  }

  private func label(of figure: String) -> String {
    figures.first { $0.id == figure }?.label ?? figure
  }

  /// How many statistics are of each class, such as "118 identical, 2 changed".
  var statisticCounts: String {
    let statistics = figures.flatMap(\.statistics)
    let counts = ComparisonClass.allCases.compactMap { comparison -> String? in
      let count = statistics.count { $0.comparison == comparison }
      return count == 0 ? nil : "\(count) \(comparison.words)"
    }
    return counts.isEmpty ? "none" : counts.joined(separator: ", ")
  }
}

extension Judged<FigureComparison> {
  /// Why differences in it are accepted, such as "Accepted: another box (A. Author, 2026-11-29)".
  var acceptanceLines: [String] {
    acceptances.map { "\(counts ? "Accepted in part" : "Accepted"): \($0.words)" }
  }

  /// Whether the figure makes the reports differ, such as "yes" or "no, accepted".
  var countsWords: String { counts ? "yes" : acceptances.isEmpty ? "no" : "no, accepted" }
}
