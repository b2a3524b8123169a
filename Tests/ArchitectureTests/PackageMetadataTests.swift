import Foundation
import Testing

/// The files that catalogues of software read.
@Suite("Metadata of the package")
struct PackageMetadataTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: House().root.appending(path: path), encoding: .utf8)
  }

  @Test("CITATION.cff and codemeta.json name the version that the program does")
  func versions() throws {
    let facts = try text("Sources/Experiments/BuildFacts.swift")
    let version = try #require(facts.firstMatch(of: /plateauVersion = "([0-9.]+)"/)).1
    let citation = try text("CITATION.cff")
    #expect(try #require(citation.firstMatch(of: /(?m)^version: (.+)$/)).1 == version)
    let json = try JSONSerialization.jsonObject(with: Data(text("codemeta.json").utf8))
    let metadata = try #require(json as? [String: Any])
    #expect(metadata["version"] as? String == String(version))
  }
}
