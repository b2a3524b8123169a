import Foundation
import Testing

@Suite("Package versions")
struct PackagePinsTests {
  @Test("the versions in a report's provenance are those that Package.swift pins, each exactly")
  func pins() throws {
    let root = try House().root
    func text(_ path: String) throws -> String {
      try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }
    let manifest = try text("Package.swift")
    let pins = manifest.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)", exact: "([0-9.]+)"\)/)
    let pinned = Dictionary(
      pins.map { (String($0.1), String($0.2)) }, uniquingKeysWith: { first, _ in first })
    #expect(
      pins.count == manifest.matches(of: /\.package\(url:/).count, "a dependency without an exact version")

    let facts = try text("Sources/Experiments/BuildFacts.swift")
    let list = try #require(facts.firstMatch(of: /let packages = \[([^\]]*)\]/)).1
    let stated = Dictionary(
      list.matches(of: /"([^"]+)": "([0-9.]+)"/).map { (String($0.1), String($0.2)) },
      uniquingKeysWith: { first, _ in first })
    #expect(stated == pinned)
    #expect(!stated.isEmpty)
  }
}
