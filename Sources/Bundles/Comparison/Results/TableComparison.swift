/// One table of a figure in both reports, row by row.
public struct TableComparison: Codable, Equatable, Sendable {
  /// A row that is not the same in both.
  public struct Row: Codable, Equatable, Sendable {
    /// How the rows of the two reports were found to belong together.
    public enum Match: String, Codable, Sendable {
      /// By the content hash of their run.
      case run
      /// By what the run is made from, such as |A| and sample: the hashes differ.
      case design
    }
    /// A number or a word of it that is not the same.
    public struct Cell: Codable, Equatable, Sendable {
      /// The column's name.
      public var column: String
      /// In the first report; empty where it was not measured.
      public var before: String
      /// In the second report; empty where it was not measured.
      public var after: String
      /// How they stand to each other.
      public var comparison: ComparisonClass
    }

    /// Which row it is, such as "optimiser sgd, attack_size_images 50, sample 2".
    public var key: String
    /// How the two belong together; nil for a row that only one report has.
    public var match: Match?
    /// The largest class among its cells.
    public var comparison: ComparisonClass
    /// Whether this makes the reports differ.
    public var isDifference: Bool
    /// The cells that are not identical.
    public var cells: [Cell]
  }

  /// The table's file, such as `data/fig3.csv`.
  public var file: String
  /// How many rows both have, the same in every cell.
  public var identicalRows: Int
  /// The rows that are not the same.
  public var rows: [Row]
  /// Columns that only the second report has.
  public var addedColumns: [String]
  /// Columns that only the first report has.
  public var removedColumns: [String]
  /// The largest class among its rows and columns.
  public var comparison: ComparisonClass
  /// Whether this makes the reports differ.
  public var isDifference: Bool

  /// How many rows are of a class.
  func count(_ comparison: ComparisonClass) -> Int {
    comparison == .identical ? identicalRows : rows.count { $0.comparison == comparison }
  }
}
