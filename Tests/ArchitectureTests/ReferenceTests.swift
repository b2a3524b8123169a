import Foundation
import Testing

/// What the pages and scripts of the repository say of its files and packages.
@Suite("References between files") struct ReferenceTests {
  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func text(_ file: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
  }

  @Test(
    "every file that a page links to is there",
    arguments: [
      "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Documentation/Architecture.md",
      "Documentation/Method.md", "Documentation/Glossary.md", "Documentation/Performance.md",
      "Documentation/Specs.md", "Documentation/Guide.md", "Documentation/Results.md",
      "Documentation/Tutorials/new-figure.md",
      "Documentation/Tutorials/own-network.md",
    ])
  func files(page: String) throws {
    let text = try text(page)
    let folder = root.appendingPathComponent(page).deletingLastPathComponent()
    let links = text.matches(of: /\]\(([^)#\s]+)[^)]*\)/).map { String($0.1) }.filter { !$0.contains(":") }
    for path in links {
      let file = folder.appendingPathComponent(path).standardizedFileURL
      #expect(FileManager.default.fileExists(atPath: file.path), "\(page): \(path)")
    }
  }

  @Test("scripts/setup.sh installs every Debian package that the manifest names")
  func packages() throws {
    let manifest = try text("Package.swift")
    let needed = manifest.matches(of: /\.apt\(\[([^\]]*)\]\)/).flatMap { list in
      list.1.matches(of: /"([\w.+-]+)"/).map { String($0.1) }
    }
    #expect(needed.count > 5)
    let setup = try text("scripts/setup.sh")
    let list = try #require(setup.firstMatch(of: /packages=\(([^)]*)\)/)).1.split(separator: " ")
    for package in needed { #expect(list.contains { $0 == package }, "\(package)") }
  }
}
