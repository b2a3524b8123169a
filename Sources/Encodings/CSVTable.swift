/// A table in CSV (RFC 4180): read from text, and written by the one escaper of this house.
package struct CSVTable: Sendable, Equatable {
  /// The names of the columns.
  package let header: [String]
  /// The rows below, as they stand: a damaged table may have rows that are shorter or longer than the header.
  package let rows: [[String]]

  /// A table to be written.
  package init(header: [String], rows: [[String]]) {
    self.header = header
    self.rows = rows
  }

  /// Reads a table; nil if the text has no header.
  package init?(_ text: String) {
    var records = Self.records(text)
    guard let first = records.first else { return nil }
    records.removeFirst()
    header = first
    rows = records
  }

  /// The table as text: a line for the header and one for each row, each ending in a line feed.
  package var text: String {
    ([header] + rows).map { $0.map(Self.escaped).joined(separator: ",") + "\n" }.joined()
  }

  /// A field as it stands in a file: in quotes if it holds a comma, a quote or a line end.
  private static func escaped(_ field: String) -> String {
    guard field.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
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
      } else if character == "\n" || character == "\r\n" || character == "\r" {
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
