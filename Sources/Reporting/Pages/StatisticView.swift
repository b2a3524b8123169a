import Encodings
import Figures

/// One row of a statistics table.
struct StatisticView {
  let statisticID: String
  let quantities: String
  let statisticTitle: String
  let number: NumberText?
  let lowerEnd: NumberText?
  let upperEnd: NumberText?
  let hasInterval: Bool
  let p: NumberText?
  let isMeasured: Bool
  let unmeasuredReason: String?
  let n: Int
  let rowNote: String?

  init(_ row: StatisticRow) {
    statisticID = row.id
    quantities = row.quantities
    statisticTitle = row.statistic.title
    n = row.n
    rowNote = row.note
    switch row.estimate.finite {
    case .measured(let value, let interval, let pValue):
      number = NumberText(value)
      lowerEnd = interval.flatMap { NumberText($0.lowerBound) }
      upperEnd = interval.flatMap { NumberText($0.upperBound) }
      hasInterval = interval != nil
      p = pValue.flatMap(NumberText.pValue)
      isMeasured = true
      unmeasuredReason = nil
    case .unmeasured(let reason):
      number = nil
      lowerEnd = nil
      upperEnd = nil
      hasInterval = false
      p = nil
      isMeasured = false
      unmeasuredReason = reason
    }
  }
}

/// The statistics of one panel.
struct StatisticGroupView {
  let panelMark: String
  let panelTitle: String
  let rows: [StatisticView]

  /// Neighbouring rows of one panel make one group.
  static func groups(of rows: [StatisticRow]) -> [StatisticGroupView] {
    var groups: [[StatisticRow]] = []
    for row in rows {
      if groups.last?.last?.panel == row.panel {
        groups[groups.count - 1].append(row)
      } else {
        groups.append([row])
      }
    }
    return groups.compactMap { group in
      group.first.map {
        StatisticGroupView(
          panelMark: "(\($0.panel))", panelTitle: $0.panelTitle, rows: group.map(StatisticView.init))
      }
    }
  }
}
