import Foundation
import Testing

@Suite("Source files") struct SourceFileTests {
  @Test("nothing is public: what other targets of the package use is package")
  func noPublicDeclarations() throws {
    let house = try House()
    let pattern = /\s*(?:@\w+(?:\([^)]*\))? +)*(?:public|open)(?:\(set\))? \w.*/
    for (file, text) in try house.swiftFiles(in: "Sources") {
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        #expect(line.wholeMatch(of: pattern) == nil, "\(file):\(index + 1) is public")
      }
    }
  }

  @Test("no file is longer than 300 lines")
  func length() throws {
    for (file, text) in try House().swiftFiles(in: "Sources") {
      let lines = text.count { $0 == "\n" }
      #expect(lines <= 300, "\(file) has \(lines) lines")
    }
  }
}
