import Testing

@testable import Reporting

@Suite("The preview of a table")
struct CSVPreviewTests {
  @Test("reads quoted commas, quotes and line ends as RFC 4180 has them", arguments: ["\n", "\r\n"])
  func quoting(lineEnd: String) throws {
    let text = ["a,b", "\"1,5\",\"say \"\"no\"\"\"", "\"two\(lineEnd)lines\",", ""].joined(separator: lineEnd)
    let preview = try #require(CSVPreview(text))
    #expect(preview.header == ["a", "b"])
    #expect(preview.rows == [["1,5", "say \"no\""], ["two\(lineEnd)lines", ""]])
    #expect(preview.rowCount == 2)
  }

  @Test("shows the first rows, counts all, and shortens long values")
  func limits() throws {
    let text = "x\n" + (0..<20).map { "\($0)\n" }.joined() + String(repeating: "0", count: 40)
    let preview = try #require(CSVPreview(text, limit: 21, widest: 5))
    #expect(preview.rowCount == 21)
    #expect(preview.rows.last == ["0000…"])
    #expect(CSVPreview(text)?.rows.count == 8)
  }

  @Test("is nothing for an empty text")
  func empty() { #expect(CSVPreview("") == nil) }
}
