/// One table of a figure in both reports, row by row.
package struct TableComparison: Codable, Equatable, Sendable {
  /// A row that differs.
  package struct Row: Codable, Equatable, Sendable {
    /// How the rows of the two reports were matched.
    package enum Match: String, Codable, Sendable {
      /// By the content hash of their run.
      case run
      /// By the settings of their run, such as |A| and sample, because the hashes differ.
      case design
    }
    /// A field that differs.
    package struct Cell: Codable, Equatable, Sendable {
      /// The column's name.
      package var column: String
      /// In the first report; empty if it was not measured.
      package var before: String
      /// In the second report; empty if it was not measured.
      package var after: String
      /// How they stand to each other.
      package var comparison: ComparisonClass
    }

    /// Which row it is, such as "optimiser sgd, attack_size_images 50, sample 2".
    package var key: String
    /// How the two were matched; nil for a row that only one report has.
    package var match: Match?
    /// The cells that are not identical.
    package var cells: [Cell]
  }

  /// The table's file, such as `data/fig3.csv`.
  package var file: String
  /// How many rows are the same in every cell.
  package var identicalRows: Int
  /// The rows that differ.
  package var rows: [Judged<Row>]
  /// Columns that only the second report has.
  package var addedColumns: [String]
  /// Columns that only the first report has.
  package var removedColumns: [String]

  /// The largest |b − a| / max(|a|, |b|) of the cells of each column that are beyond the tolerances, in 0…2;
  /// nil where rows or columns are in one report alone, or such a cell is no number.
  var largestRelativeMoves: [String: Double]? {
    guard addedColumns.isEmpty, removedColumns.isEmpty, rows.allSatisfy({ $0.match != nil }) else {
      return nil
    }
    var largest: [String: Double] = [:]
    for cell in rows.flatMap(\.cells) where cell.comparison != .withinTolerance {
      guard let before = Double(cell.before), let after = Double(cell.after),
        let move = RelativeMove.size(before, after)
      else { return nil }
      largest[cell.column] = max(largest[cell.column] ?? 0, move)
    }
    return largest
  }

  /// How many rows are of a class.
  func count(_ comparison: ComparisonClass) -> Int {
    comparison == .identical ? identicalRows : rows.count { $0.comparison == comparison }
  }
}
