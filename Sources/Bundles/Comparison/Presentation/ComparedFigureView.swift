import Encodings
import Figures
import Specifications

/// What the template `diff-figure` may name: one figure that is not the same in both reports.
struct ComparedFigureView: Sendable {
  let id: String
  let label: String
  let badge: BadgeView
  let reasonsHere: [String]
  let hasReasonsHere: Bool
  let replayName: String
  let hasPictures: Bool
  /// The folder of the picture that only one report has.
  let onlyFolder: String?
  let onlyAlt: String
  let beforeAlt: String
  let afterAlt: String
  let hasDifferencePicture: Bool
  let changedShare: String
  let hasMoves: Bool
  let movesAlt: String
  let movesWidth: Int
  let movesHeight: Int
  let statistics: [ComparedStatisticView]
  let hasChangedStatistics: Bool
  let sameStatistics: String?
  let changedValues: [ValueGroupView]
  let comparedTables: [ComparedTableView]

  init(_ figure: Judged<FigureComparison>, movesSize: (width: Int, height: Int)?) {
    id = figure.id
    label = figure.label
    badge = BadgeView(figure)
    reasonsHere = figure.incomparable + figure.acceptanceLines
    hasReasonsHere = !reasonsHere.isEmpty
    replayName = figure.replay.rawValue
    let share = figure.picture?.changedShare
    hasPictures = share != nil
    onlyFolder =
      switch figure.picture?.comparison {
      case .added: "after"
      case .removed: "before"
      default: nil
      }
    hasDifferencePicture = share.map { $0 > 0 } ?? false
    changedShare = share.map(ComparisonWords.percent) ?? ""
    beforeAlt = Self.altText(figure, "first") { $0.before }
    afterAlt = Self.altText(figure, "second") { $0.after }
    onlyAlt = figure.picture?.comparison == .removed ? beforeAlt : afterAlt
    let moves = figure.panels.filter { !$0.isSame }
    hasMoves = movesSize != nil
    movesAlt =
      "Both point clouds of \(figure.label), moves as arrows. "
      + moves.map { "(\($0.panel)) \($0.quantities): \($0.summary)." }.joined(separator: " ")
    movesWidth = movesSize?.width ?? 0
    movesHeight = movesSize?.height ?? 0
    let changed = figure.statistics.filter { !$0.isTheSame }
    statistics = changed.map(ComparedStatisticView.init)
    hasChangedStatistics = !changed.isEmpty
    let same = figure.statistics.count - changed.count
    sameStatistics = same == 0 ? nil : "\(same) more statistic\(same == 1 ? " is" : "s are") the same."
    changedValues = [
      ValueGroupView("Setting", figure.settings), ValueGroupView("Data", figure.data),
      ValueGroupView("Method revision", figure.revisions), ValueGroupView("Verdict", figure.verdicts),
    ].compactMap { $0 }
    comparedTables = figure.tables.filter { $0.comparison != .identical }.map(ComparedTableView.init)
  }

  /// The figure's correlations on one side, from the data.
  private static func altText(
    _ figure: Judged<FigureComparison>, _ side: String,
    _ value: (Judged<StatisticComparison>) -> StatisticValue?
  ) -> String {
    let numbers = figure.statistics.compactMap { statistic in
      value(statistic).map { "(\(statistic.panel)) \(statistic.title) \(ComparisonWords.side($0))" }
    }
    let shown = numbers.prefix(6).joined(separator: "; ")
    return "\(figure.label) in the \(side) report." + (shown.isEmpty ? "" : " \(shown).")
  }
}

/// A statistic on both sides, as printed.
struct ComparedStatisticView: Sendable {
  /// One side.
  struct Side: Sendable {
    let valueText: String
    let intervalText: String
    let sampleText: String

    init(_ side: StatisticValue?) {
      valueText = side.map { $0.value.map(ComparisonWords.number) ?? "unmeasured" } ?? "none"
      intervalText =
        if let lower = side?.lower, let upper = side?.upper {
          "\(ComparisonWords.number(lower)) to \(ComparisonWords.number(upper))"
        } else {
          side?.unmeasured ?? ""
        }
      let p = side?.pValue.flatMap(ComparisonWords.pValue)
      sampleText = side.map { ["n = \($0.n)", p].compactMap { $0 }.joined(separator: ", ") } ?? "–"
    }
  }

  let panelName: String
  let quantities: String
  let statisticTitle: String
  let beforeSide: Side
  let afterSide: Side
  let moveText: String
  let badge: BadgeView

  init(_ statistic: Judged<StatisticComparison>) {
    panelName = "(\(statistic.panel))"
    quantities = statistic.quantities
    statisticTitle = statistic.title
    beforeSide = Side(statistic.before)
    afterSide = Side(statistic.after)
    moveText = statistic.move.map { ($0 > 0 ? "+" : "") + ComparisonWords.number($0) } ?? "–"
    badge = BadgeView(statistic.judgement)
  }
}

/// The values of one kind that are not identical.
struct ValueGroupView: Sendable {
  let kindName: String
  let values: [ValueView]

  /// nil if all are identical.
  init?(_ kind: String, _ values: [Judged<ValueComparison>]) {
    let changed = values.changed
    if changed.isEmpty { return nil }
    kindName = kind
    self.values = changed.map(ValueView.init)
  }
}

/// A table of a figure: the first rows that are not the same.
struct ComparedTableView: Sendable {
  /// A cell, or for a row that only one report has the row as a whole.
  struct Row: Sendable {
    let rowKey: String
    let column: String
    let beforeText: String
    let afterText: String
    let badge: BadgeView
  }

  let file: String
  let summary: String
  let rows: [Row]
  let shown: String
  private static let limit = 40

  init(_ table: Judged<TableComparison>) {
    file = table.file
    summary = ComparisonWords.rows(table)
    let all = table.rows.flatMap { row in
      row.cells.isEmpty
        ? [
          Row(
            rowKey: row.key, column: "whole row", beforeText: row.comparison == .added ? "–" : "there",
            afterText: row.comparison == .added ? "there" : "–", badge: BadgeView(row.judgement))
        ]
        : row.cells.map {
          Row(
            rowKey: row.key, column: $0.column, beforeText: $0.before.isEmpty ? "–" : $0.before,
            afterText: $0.after.isEmpty ? "–" : $0.after,
            badge: BadgeView($0.comparison, isAccepted: row.accepted != nil))
        }
    }
    rows = Array(all.prefix(Self.limit))
    shown =
      all.count > Self.limit
      ? "The first \(Self.limit) of \(NumberText.grouped(all.count)) differences; all are in diff.json."
      : "All differences."
  }
}
