import Foundation
import TestSupport
import Testing

@testable import Bundles
@testable import Workflow

@Suite("Pages of results")
struct ResultsJobTests {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A copy of the repository's pages and kept reports, so that links are the same.
  private func copy() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: path("Documentation", in: folder), withIntermediateDirectories: true)
    for name in ["Documentation/results", "README.md"] {
      try FileManager.default.copyItem(
        at: Self.repository.appendingPathComponent(name), to: URL(fileURLWithPath: path(name, in: folder)))
    }
    return folder
  }

  private func job(in folder: TemporaryFolder) throws -> ResultsJob {
    let results = path("Documentation/results", in: folder)
    let reports = try FileManager.default.contentsOfDirectory(atPath: results).sorted().map {
      "\(results)/\($0)"
    }
    .filter { FileManager.default.fileExists(atPath: "\($0)/metrics.json") }
    #expect(!reports.isEmpty)
    return ResultsJob(
      reports, notes: "\(results)/Notes.md", output: path("Documentation/Results.md", in: folder),
      summary: path("README.md", in: folder))
  }

  private func path(_ name: String, in folder: TemporaryFolder) -> String { "\(folder.path)/\(name)" }

  private func text(_ url: URL) throws -> String { try String(contentsOf: url, encoding: .utf8) }

  @Test(
    "the repository's results, and the claims in README, are what 'make results' makes of its kept reports")
  func repository() throws {
    let folder = try copy()
    try job(in: folder).execute()
    for page in ["Documentation/Results.md", "README.md"] {
      let made = try text(URL(fileURLWithPath: path(page, in: folder)))
      #expect(
        made == (try text(Self.repository.appendingPathComponent(page))), "\(page): call 'make results'")
    }
  }

  @Test(
    "another number in a kept report is an error, another table in README is replaced, and no place for one said"
  )
  func changes() throws {
    let folder = try copy()
    let readme = path("README.md", in: folder)
    let original = try String(contentsOfFile: readme, encoding: .utf8)
    let changed = original.replacing(/\n\| (?<first>[^|\n]*)\|/, with: { "\n| altered \($0.first)|" })
    #expect(changed != original)
    try changed.write(toFile: readme, atomically: true, encoding: .utf8)
    try job(in: folder).execute()
    #expect(try String(contentsOfFile: readme, encoding: .utf8) == original)
    try "# No place\n".write(toFile: readme, atomically: true, encoding: .utf8)
    #expect(throws: ResultsError.noPlace(file: readme)) { try job(in: folder).execute() }
    let reports = path("Documentation/results", in: folder)
    // Not every report has a statistic.
    let (metrics, numbers) = try #require(
      FileManager.default.contentsOfDirectory(atPath: reports).lazy.compactMap { name in
        let metrics = "\(reports)/\(name)/metrics.json"
        return (try? String(contentsOfFile: metrics, encoding: .utf8)).map { (metrics, $0) }
      }.first { $0.1.contains("\"n\" : ") })
    let altered = numbers.replacing("\"n\" : ", with: "\"n\" : 1", maxReplacements: 1)
    #expect(altered != numbers)
    try altered.write(toFile: metrics, atomically: true, encoding: .utf8)
    #expect(throws: BundlesError.self) { try job(in: folder).execute() }
  }

  @Test("a page that is not one of results is not replaced")
  func foreign() throws {
    let folder = try copy()
    let page = path("Documentation/Results.md", in: folder)
    try "# Results and discussion\n".write(toFile: page, atomically: true, encoding: .utf8)
    #expect(throws: (any Error).self) { try job(in: folder).execute() }
    #expect(try String(contentsOfFile: page, encoding: .utf8) == "# Results and discussion\n")
  }
}
