import Testing
import Workflow

@Suite("The date of a report")
struct ReportDateTests {
  @Test("it is that of SOURCE_DATE_EPOCH, and the epoch itself without one")
  func readable() throws {
    #expect(try ReportDate.iso8601(sourceDateEpoch: "86400") == "1970-01-02T00:00:00Z")
    #expect(try ReportDate.iso8601(sourceDateEpoch: nil) == "1970-01-01T00:00:00Z")
    #expect(try ReportDate.iso8601(sourceDateEpoch: "253402300799") == "9999-12-31T23:59:59Z")
  }

  @Test(
    "what is no point in time is refused by name",
    arguments: ["yesterday", "", "-1", "253402300800", "nan", "1e400"])
  func unreadable(value: String) {
    let error = #expect(throws: ReportDate.Unreadable.self) {
      try ReportDate.iso8601(sourceDateEpoch: value)
    }
    #expect(error?.description.contains("SOURCE_DATE_EPOCH is '\(value)'") == true)
  }
}
