import Encodings
import Planning
import ReportDocuments
import Specifications

/// Compares two tables of one figure row by row.
struct TableComparer {
  let file: String
  let replay: FigureReproducibility
  let tolerances: Tolerances
  /// Whether numbers of this figure may be compared at all.
  let isComparable: Bool

  private static let run = TableColumn.run.rawValue
  /// The columns that say which row of a run this is.
  private static let places = [TableColumn.group, .epoch, .point, .epochsPast].map(\.rawValue)
  /// The columns that tell runs apart if their hashes do not.
  private static let design = runDesign + places
  /// The columns that tell runs apart, whatever of them is looked at.
  private static let runDesign =
    [TableColumn.dataset, .network, .optimiser, .attackSize, .sample, .functionRank].map(\.rawValue)
  /// The seed is compared once for the whole report, and hashes say only which rows were matched.
  private static let uncompared: Set = [run, TableColumn.seed.rawValue]

  /// The design of each run of a table, by the run's hash; none where it is no table of runs.
  static func designs(_ table: CSVTable) -> [String: String] {
    guard let run = table.header.firstIndex(of: Self.run) else { return [:] }
    // A column that one table lacks, such as the network's, is empty for its runs.
    let columns = runDesign.map { table.header.firstIndex(of: $0) }
    return Dictionary(
      table.rows.map { row in
        (field(row, run), columns.map { $0.map { field(row, $0) } ?? "" }.joined(separator: "\u{1F}"))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The rows of both, those of the first table in its order and then those that only the second has.
  func compare(_ before: CSVTable, _ after: CSVTable) -> Judged<TableComparison> {
    let pairs = match(before, after)
    let common = before.header.filter { after.header.contains($0) && !Self.uncompared.contains($0) }
    let columns = common.map { name in
      (
        name: name, before: before.header.firstIndex(of: name) ?? 0,
        after: after.header.firstIndex(of: name) ?? 0
      )
    }
    var identical = 0
    var rows: [Judged<TableComparison.Row>] = []
    for pair in pairs {
      guard let old = pair.before, let new = pair.after else {
        rows.append(
          Judged(
            TableComparison.Row(key: pair.key, match: nil, cells: []),
            Judgement(pair.before == nil ? .added : .removed, counts: true)))
        continue
      }
      let run = before.header.firstIndex(of: Self.run).map { Self.field(old, $0) }
      var judgements: [Judgement] = []
      let cells = columns.compactMap { column -> TableComparison.Row.Cell? in
        let (a, b) = (Self.field(old, column.before), Self.field(new, column.after))
        guard a != b else { return nil }
        let judgement = judge(a, b, column: column.name, replay.run(run))
        judgements.append(judgement)
        return TableComparison.Row.Cell(
          column: column.name, before: a, after: b, comparison: judgement.comparison)
      }
      if cells.isEmpty {
        identical += 1
        continue
      }
      rows.append(
        Judged(
          TableComparison.Row(key: pair.key, match: pair.match, cells: cells), Judgement(of: judgements)))
    }
    let added = after.header.filter { !before.header.contains($0) }
    let removed = before.header.filter { !after.header.contains($0) }
    let ofColumns = added.isEmpty && removed.isEmpty ? [] : [Judgement(.changed, counts: true)]
    return Judged(
      TableComparison(
        file: file, identicalRows: identical, rows: rows, addedColumns: added, removedColumns: removed),
      Judgement(of: rows.map(\.judgement) + ofColumns))
  }

  /// Two cells that are not the same text.
  private func judge(
    _ a: String, _ b: String, column: String, _ replay: ReplayClass
  ) -> Judgement {
    guard isComparable else { return Judgement(.incomparable, counts: false) }
    let rule = tolerances.rule(column: column, replay)
    if let x = Double(a), let y = Double(b), x.isFinite, y.isFinite, rule.allows(x, y) {
      return Judgement(.withinTolerance, counts: false)
    }
    return Judgement(.changed, counts: rule != .notCounted)
  }

  private struct Pair {
    let key: String
    let before: [String]?
    let after: [String]?
    let match: TableComparison.Row.Match?
  }

  /// Matches rows by the run's hash and the place in it, and the rest by design; rows that are equal in both,
  /// by their order.
  private func match(_ before: CSVTable, _ after: CSVTable) -> [Pair] {
    let hasRuns = before.header.contains(Self.run) && after.header.contains(Self.run)
    let design = hasRuns ? Self.design : Array(before.header.prefix(1))
    let ways: [(match: TableComparison.Row.Match, names: [String])] =
      (hasRuns ? [(.run, [Self.run] + Self.places)] : []) + [(.design, design)]
    let pairing = Pairing(
      before: before.rows.count, after: after.rows.count,
      by: ways.map { (Self.identity(of: before, by: $0.names), Self.identity(of: after, by: $0.names)) })
    func key(_ row: [String], _ header: [String]) -> String {
      design.compactMap { name in
        guard let value = header.firstIndex(of: name).map({ Self.field(row, $0) }), !value.isEmpty else {
          return nil
        }
        return "\(name) \(value)"
      }.joined(separator: ", ")
    }
    return before.rows.enumerated().map { index, row in
      let partner = pairing.partners[index]
      return Pair(
        key: key(row, before.header), before: row, after: partner.map { after.rows[$0.index] },
        match: partner.map { ways[$0.key].match })
    }
      + pairing.added.map { index in
        Pair(key: key(after.rows[index], after.header), before: nil, after: after.rows[index], match: nil)
      }
  }

  /// The identity of each row: its fields under these names.
  private static func identity(of table: CSVTable, by names: [String]) -> (Int) -> String {
    let columns = names.map { table.header.firstIndex(of: $0) }
    return { index in
      columns.map { $0.map { field(table.rows[index], $0) } ?? "" }.joined(separator: "\u{1F}")
    }
  }

  /// A field that a short row lacks is empty.
  private static func field(_ row: [String], _ column: Int) -> String {
    column < row.count ? row[column] : ""
  }
}
