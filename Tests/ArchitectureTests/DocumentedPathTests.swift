import Foundation
import Testing

@Suite("Paths in the documentation")
struct DocumentedPathTests {
  @Test(
    "every file and folder of the repository that a page names is there",
    arguments: [
      "Documentation/Architecture.md", "Documentation/Method.md", "Documentation/Specs.md",
      "Documentation/Glossary.md", "Documentation/Performance.md", "CONTRIBUTING.md", "README.md",
      "Documentation/Guide.md",
    ])
  func paths(page: String) throws {
    let root = try House().root
    let text = try String(contentsOf: root.appendingPathComponent(page), encoding: .utf8)
    let pattern =
      /`((?:Sources|Tests|scripts|figures|Benchmarks|Documentation|report-templates)\/[\w+.\/-]*)`/
    let named = Set(text.matches(of: pattern).map { String($0.1) })
    for path in named.sorted() {
      #expect(
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path),
        "\(page) names \(path)")
    }
  }

  @Test("the pages on how to add something name at least one source file each")
  func doors() throws {
    let root = try House().root
    let text = try String(
      contentsOf: root.appendingPathComponent("Documentation/Architecture.md"), encoding: .utf8)
    let sections = text.split(separator: "\n## ").filter { $0.hasPrefix("Adding ") }
    #expect(sections.count >= 6)
    for name in ["Adding a measure", "Adding a kind of panel"] {
      #expect(sections.contains { $0.hasPrefix(name) && $0.contains("Specs.md") }, "\(name)")
    }
    for section in sections {
      #expect(section.contains("`Sources/"), "\(section.prefix { $0 != "\n" })")
    }
  }
}
