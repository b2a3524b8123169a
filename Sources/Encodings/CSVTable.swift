/// A table in CSV (RFC 4180), as text.
package struct CSVTable: Sendable, Equatable {
  /// The names of the columns.
  package let header: [String]
  /// The rows below, as they stand: a damaged table may have rows that are shorter or longer than the header.
  package let rows: [[String]]

  /// nil where the text has no header.
  package init?(_ text: String) {
    var records = Self.records(text)
    guard let first = records.first else { return nil }
    records.removeFirst()
    header = first
    rows = records
  }

  /// A field as it stands in a file: in quotes where it holds a comma, a quote or a line end.
  package static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
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
