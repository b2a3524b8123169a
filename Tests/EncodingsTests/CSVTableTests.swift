import Encodings
import Testing

@Suite("Tables in CSV")
struct CSVTableTests {
  @Test("a field with a comma, a quote or a line end is quoted, and no other")
  func escaping() {
    let table = CSVTable(header: ["note", "n"], rows: [["say \"no\", twice", "1"], ["two\nlines", ""]])
    #expect(table.text == "note,n\n\"say \"\"no\"\", twice\",1\n\"two\nlines\",\n")
    #expect(CSVTable(header: ["a b", "ρ"], rows: []).text == "a b,ρ\n")
  }

  @Test(
    "every field reads back as it was written",
    arguments: ["", "\"", "\"\"", ",", "a,b", "\n", "\r\n", "\r", "é\u{2028}x", "\"a\",\r\n\"b\""])
  func roundTrip(field: String) throws {
    let table = CSVTable(header: ["x", field + "y"], rows: [[field, "1"], ["2", field]])
    #expect(CSVTable(table.text) == table)
  }

  @Test("a row without an end is a row, and an empty text is no table")
  func ends() {
    #expect(CSVTable("a,b\n1,2") == CSVTable(header: ["a", "b"], rows: [["1", "2"]]))
    #expect(CSVTable("") == nil)
  }
}
