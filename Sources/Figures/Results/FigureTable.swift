/// A table behind a figure's picture.
package struct FigureTable: Sendable, Equatable {
  /// The suffix of its file name after the figure's, such as `-trace-a`; empty for the main table.
  package let suffix: String
  /// The table as CSV (RFC 4180) with a header line.
  package let csv: String

  /// A table under the figure's name and `suffix`.
  package init(suffix: String = "", csv: String) {
    self.suffix = suffix
    self.csv = csv
  }
}
