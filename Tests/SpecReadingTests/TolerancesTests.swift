import Foundation
import Specifications
import Testing

@testable import SpecReading

@Suite("Tolerances")
struct TolerancesTests {
  private static let defaults = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("figures/tolerances.yml")
    .path

  /// The tolerances with a file of one's own that holds `text`.
  private func tolerances(_ text: String) throws -> Tolerances {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).yml").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return try TolerancesReader.tolerances(defaults: Self.defaults, own: path)
  }

  @Test("the defaults allow nothing where bits should come back, rounding, and intervals of other draws")
  func shipped() throws {
    let tolerances = try TolerancesReader.tolerances(defaults: Self.defaults)
    #expect(tolerances.rule(statistic: "fig3.a.x", .bitwise) == .bound(absolute: 0, relative: 0))
    #expect(tolerances.rule(statistic: "fig3.a.x", .statistical) == .withinInterval)
    #expect(tolerances.rule(column: "sharpness", .statistical) == .notCounted)
    #expect(tolerances.rule(picture: .bitwise) == .changedShare(0))
    guard case .bound(let absolute, let relative) = tolerances.rule(column: "sharpness", .numeric) else {
      Issue.record("expected a bound")
      return
    }
    #expect(absolute > 0 && relative > 0 && relative < 1e-3)
  }

  @Test("a bound allows the larger of its two parts, and a rule that is none allows nothing")
  func bounds() {
    let rule = ToleranceRule.bound(absolute: 0.5, relative: 0.1)
    #expect(rule.allows(1, 1.5) && !rule.allows(1, 1.51))
    #expect(rule.allows(-100, -110) && !rule.allows(100, 112))
    #expect(!rule.allows(1, .nan) && !rule.allows(.infinity, -.infinity))
    #expect(!ToleranceRule.withinInterval.allows(1, 1) && !ToleranceRule.notCounted.allows(1, 1))
  }

  @Test("one's own file replaces what it names, and its exceptions count by pattern, the first that fits")
  func own() throws {
    let tolerances = try tolerances(
      """
      statistics: {bitwise: within-interval}
      exceptions:
        - {statistic: "fig3.a.*", bitwise: {absolute: 0.25}}
        - {statistic: "fig3.*", bitwise: not-counted}
        - {column: "log*_prior_*", numeric: {relative: 0.5}}
      """)
    #expect(tolerances.rule(statistic: "fig4.a.pearson", .bitwise) == .withinInterval)
    #expect(tolerances.rule(statistic: "fig3.a.pearson", .bitwise) == .bound(absolute: 0.25, relative: 0))
    #expect(tolerances.rule(statistic: "fig3.b.pearson", .bitwise) == .notCounted)
    // An exception that says nothing of a class leaves it alone.
    #expect(tolerances.rule(statistic: "fig3.a.pearson", .statistical) == .withinInterval)
    #expect(
      tolerances.rule(column: "log10_prior_probit", .numeric) == .bound(absolute: 0, relative: 0.5))
    #expect(tolerances.rule(column: "sharpness", .bitwise) == .bound(absolute: 0, relative: 0))
  }

  @Test(
    "a mistake is reported with its line",
    arguments: [
      ("statistic: {}", ":1:1"), ("points:\n  bitwise: within-interval", ":2:12"),
      ("statistics:\n  exact: {absolute: 0}", ":2:3"), ("statistics:\n  numeric: {absolute: -1}", ":2:23"),
      ("exceptions:\n  - {numeric: not-counted}", ":2:5"),
      ("pictures:\n  numeric: {changedShare: .nan}", ":2:27"),
    ])
  func mistakes(text: String, place: String) {
    let error = #expect(throws: SpecError.self) { try tolerances(text) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(".yml\(place)"), "\(String(describing: error))")
  }

  @Test("a file that is not there is named")
  func missing() {
    let error = #expect(throws: SpecError.self) {
      try TolerancesReader.tolerances(defaults: Self.defaults, own: "/nowhere/t.yml")
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("/nowhere/t.yml"))
  }
}
