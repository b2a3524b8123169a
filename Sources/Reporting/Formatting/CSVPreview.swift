/// The header and the first rows of a table in CSV (RFC 4180), shortened for reading.
struct CSVPreview: Sendable, Equatable {
  let header: [String]
  let rows: [[String]]
  /// The number of rows in the whole table.
  let rowCount: Int

  /// nil where the text has no header.
  init?(_ text: String, limit: Int = 8, widest: Int = 22) {
    var records = Self.records(text)
    guard let first = records.first else { return nil }
    records.removeFirst()
    header = first
    rowCount = records.count
    rows = records.prefix(limit).map { row in
      row.map { $0.count > widest ? $0.prefix(widest - 1) + "…" : $0 }
    }
  }

  private static func records(_ text: String) -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = ""
    var quoted = false
    var justClosed = false
    // "\r\n" is one character, so no line end can be split.
    for character in text {
      if character == "\"" {
        // A doubled quote inside a quoted field stands for one.
        if !quoted && justClosed { field.append("\"") }
        justClosed = quoted
        quoted.toggle()
        continue
      }
      justClosed = false
      if quoted {
        field.append(character)
      } else if character == "," {
        record.append(field)
        field = ""
      } else if character.isNewline {
        records.append(record + [field])
        (record, field) = ([], "")
      } else {
        field.append(character)
      }
    }
    if !record.isEmpty || !field.isEmpty { records.append(record + [field]) }
    return records
  }
}
