import Foundation
import Specifications
import TestSupport
import Testing

@testable import SpecReading

@Suite("Files of accepted differences")
struct AcceptedReaderTests {
  private static let figure = AcceptedFigure(
    figure: "S5",
    entries: [
      AcceptedEntry(
        reason: "the \"box\": 5e-4, as in Table 1 @ §4 – it's meant", who: "A. Author", date: "2026-11-29",
        profile: "smoke", old: .init(version: "0.1.0", digest: String(repeating: "a", count: 64)),
        new: .init(version: "0.2.0", digest: String(repeating: "b", count: 64)),
        texts: [
          .data: [AcceptedChange(name: "mnist", old: "d", new: "d")],
          .settings: [
            AcceptedChange(name: "g.box", old: "1e-4", new: "null"),
            AcceptedChange(name: "g.new", old: nil, new: "~"),
          ],
          .verdicts: [AcceptedChange(name: "tight (a), step: likelihood", old: "holds", new: nil)],
          .tables: [
            AcceptedChange(name: "data/figS5.csv", old: "a", new: "b", columns: ["log10 x, y": 0.25])
          ],
          .pictures: [AcceptedChange(name: "figures/figS5.png", old: "a", new: "b", tolerance: 0.5)],
        ],
        statistics: [
          AcceptedChange(
            name: "figS5.a.\(String(repeating: "long-", count: 40))x.pearson",
            old: StatisticValue(
              value: 0.1 + 0.2, lower: -1e-5, upper: .leastNormalMagnitude, pValue: 1e-305, n: 100_000_000),
            new: StatisticValue(n: 2, unmeasured: "2 points: too few")),
          AcceptedChange(
            name: "figS5.b.x.y.pearson", old: nil, new: StatisticValue(value: 1, n: 3), tolerance: 1e-3),
        ])
    ])

  private func read(_ text: String, _ name: String = "figS5.yml") throws -> AcceptedFigure {
    try AcceptedReader.figure(text: text, file: "accepted/\(name)")
  }

  @Test("what is written reads back as the same, to the last bit, with the place of each entry")
  func roundTrip() throws {
    let text = try AcceptedText.text(Self.figure, file: "accepted/figS5.yml")
    var expected = Self.figure
    expected.entries[0].place = "figS5.yml:6:3"
    #expect(try read(text) == expected)
    // Once more, as accepting another difference does.
    #expect(try AcceptedText.text(read(text), file: "accepted/figS5.yml") == text)
  }

  @Test("a reason that would be read as the source of a number is refused, not written")
  func unreadableReason() throws {
    var figure = Self.figure
    figure.entries[0].reason = "see # [Q]"
    #expect(throws: SpecError.self) { try AcceptedText.text(figure, file: "accepted/figS5.yml") }
  }

  @Test("the files of a folder are read by name, and a folder that is not there has none")
  func folder() throws {
    let folder = try TemporaryFolder()
    #expect(try AcceptedReader.figures(folder: folder.path + "/none").isEmpty)
    let text = try AcceptedText.text(Self.figure, file: "figS5.yml")
    try folder.write(Array(text.utf8), to: "accepted/figS5.yml")
    try folder.write(Array("notes".utf8), to: "accepted/README.md")
    #expect(try AcceptedReader.figures(folder: folder.path + "/accepted").map(\.figure) == ["S5"])
    try folder.write(Array(text.utf8), to: "accepted/fig3.yml")
    let error = #expect(throws: SpecError.self) {
      try AcceptedReader.figures(folder: folder.path + "/accepted")
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("accepted/fig3.yml:4:9"))
  }

  @Test(
    "a mistake is reported with its line and column",
    arguments: [
      ("figure: \"S5\"", ":1:1"), ("figure: \"S5\"\naccepted: 3", ":2:11"),
      ("figure: \"S5\"\naccepted:\n- {reason: x}", ":3:3"),
      ("figure: \"S5\"\naccepted:\n- {reasons: x}", ":3:4"), ("figure: \"3\"\naccepted: []", ":1:9"),
    ])
  func mistakes(text: String, place: String) {
    let error = #expect(throws: SpecError.self) { try read(text) }
    #expect(
      "\(error.map { "\($0)" } ?? "")".contains("accepted/figS5.yml\(place)"), "\(String(describing: error))")
  }

  @Test(
    "a part of an entry that is wrong is named at its place",
    arguments: [
      ("profile: \"smoke\"", "profile: \"small\"", "unknown profile 'small'"),
      ("tolerance: 0.5", "tolerance: -1", "'tolerance' is -1"),
      ("y\": 0.25", "y\": -1", "'log10 x, y' is -1"),
      ("n: 2", "n: two", "'n' must be a whole number"),
      ("n: 2", "m: 2", "unknown key 'm'"), ("value: 1.0", "value: .nan", "'value' is .nan"),
      ("digest:", "digits:", "unknown key 'digits'"), ("date:", "day:", "unknown key 'day'"),
    ])
  func wrongParts(old: String, new: String, words: String) throws {
    let text = try AcceptedText.text(Self.figure, file: "accepted/figS5.yml")
    try #require(text.contains(old))
    let error = #expect(throws: SpecError.self) {
      try read(text.replacing(old, with: new, maxReplacements: 1))
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(String(describing: error))")
  }

  @Test("a file that ends before all that an entry must say is refused, wherever it ends")
  func truncated() throws {
    let text = try AcceptedText.text(Self.figure, file: "accepted/figS5.yml")
    let needed = try #require(text.range(of: "digest: \"\(String(repeating: "b", count: 64))"))
    let bytes = Array(text[..<needed.upperBound].utf8)
    for length in bytes.indices {
      let part = String(decoding: bytes.prefix(length), as: UTF8.self)
      #expect(throws: SpecError.self) { try read(part) }
    }
  }
}
