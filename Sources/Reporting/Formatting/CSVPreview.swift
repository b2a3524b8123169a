import Encodings

/// The header and the first rows of a table in CSV (RFC 4180), shortened for reading.
struct CSVPreview: Sendable, Equatable {
  let header: [String]
  let rows: [[String]]
  /// The number of rows in the whole table.
  let rowCount: Int

  /// nil where the text has no header.
  init?(_ text: String, limit: Int = 8, widest: Int = 22) {
    guard let table = CSVTable(text) else { return nil }
    header = table.header
    rowCount = table.rows.count
    rows = table.rows.prefix(limit).map { row in
      row.map { $0.count > widest ? $0.prefix(widest - 1) + "…" : $0 }
    }
  }
}
