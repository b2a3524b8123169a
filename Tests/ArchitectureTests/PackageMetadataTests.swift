import Foundation
import Testing

/// The files that catalogues of software read.
@Suite("Metadata of the package")
struct PackageMetadataTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: House().root.appending(path: path), encoding: .utf8)
  }

  @Test("CITATION.cff, codemeta.json, README and the newest heading of CHANGELOG name the program's version")
  func versions() throws {
    let facts = try text("Sources/Experiments/BuildFacts.swift")
    let version = try #require(facts.firstMatch(of: /plateauVersion = "([0-9.]+)"/)).1
    let citation = try text("CITATION.cff")
    #expect(try #require(citation.firstMatch(of: /(?m)^version: (.+)$/)).1 == version)
    let json = try JSONSerialization.jsonObject(with: Data(text("codemeta.json").utf8))
    let metadata = try #require(json as? [String: Any])
    #expect(metadata["version"] as? String == String(version))
    let changes = try text("CHANGELOG.md")
    let newest = try #require(changes.firstMatch(of: /(?m)^## ([0-9.]+) — (?:unreleased|\d{4}-\d\d-\d\d)$/))
    #expect(newest.1 == version)
    #expect(try #require(changes.firstMatch(of: /(?m)^## .+$/)).0 == newest.0)
    let readme = try text("README.md")
    #expect(try #require(readme.firstMatch(of: /plateau-([0-9.]+)-linux/)).1 == version)
  }
}
