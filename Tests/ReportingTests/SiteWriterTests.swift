import Encodings
import Foundation
import RunStorage
import TestSupport
import Testing

@testable import Reporting

@Suite("Writing the site")
struct SiteWriterTests {
  private func write(
    _ content: ReportContent = SampleReport.content, volatile: VolatileFacts = SampleReport.volatile,
    to folder: String
  ) throws -> SiteSummary {
    try SiteWriter(templates: templatesFolder).write(content, volatile: volatile, to: folder)
  }

  private func files(in folder: String) throws -> [String: Data] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: folder + "/" + $0, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
    return Dictionary(
      uniqueKeysWithValues: try paths.map {
        ($0, try Data(contentsOf: URL(fileURLWithPath: folder + "/" + $0)))
      })
  }

  @Test("the same content gives the same bytes in every file but run.json")
  func sameBytes() throws {
    try withTemporaryFolder { folder in
      let first = try write(to: folder + "/one")
      var later = SampleReport.volatile
      later.host = "another"
      later.finished = "2027-01-01T00:00:00Z"
      let second = try write(volatile: later, to: folder + "/deeper/two")
      #expect(first == second)
      var (one, two) = (try files(in: folder + "/one"), try files(in: folder + "/deeper/two"))
      #expect(one["run.json"] != two["run.json"])
      one["run.json"] = nil
      two["run.json"] = nil
      #expect(one == two)
      var changed = SampleReport.content
      changed.seed = 1
      #expect(try write(changed, to: folder + "/three").digest != first.digest)
    }
  }

  @Test("SHA256SUMS holds the digest of every file but itself and run.json, sorted")
  func checksums() throws {
    try withTemporaryFolder { folder in
      let summary = try write(to: folder)
      let files = try files(in: folder)
      #expect(summary.files == files.keys.sorted())
      let expected = files.keys.filter { $0 != "run.json" && $0 != "SHA256SUMS" }.sorted().map { path in
        let digest = SHA256.hex(of: [UInt8](files[path] ?? Data()))
        return "\(digest)  \(path)\n"
      }
      #expect(files["SHA256SUMS"] == Data(expected.joined().utf8))
      // The templates are those of the repository, whose number may grow.
      #expect(files["source/report-templates/page.mustache"] != nil)
      #expect(
        Set(files.keys.filter { !$0.hasPrefix("source/report-templates/") }) == [
          "CHECKLIST.md", "CITATION.cff", "points.json", "inputs.json", "source/figures/fig3.yml",
          "index.html", "style.css",
          "metrics.json",
          "provenance.json", "run.json", "ro-crate-metadata.json",
          "SHA256SUMS", "data/claims.csv", "data/fig3.csv", "figures/fig1.png", "figures/fig1.svg",
          "figures/fig1.pdf", "figures/fig3.png", "figures/fig3.svg", "figures/fig3.pdf",
        ])
    }
  }

  @Test("a second report replaces the first as a whole and leaves nothing beside it")
  func replaces() throws {
    try withTemporaryFolder { folder in
      let output = folder + "/report"
      _ = try write(to: output)
      // What a process killed in the middle of writing leaves behind.
      var killed: TemporaryEntry? = try .folder(in: folder)
      let stale = try #require(killed?.path)
      try Data("x".utf8).write(to: URL(fileURLWithPath: stale + "/stale.txt"))
      killed = nil
      var content = SampleReport.content
      content.sections.removeLast()
      let summary = try write(content, to: output + "/")
      #expect(try files(in: output).keys.sorted() == summary.files)
      #expect(!summary.files.contains("figures/fig1.png"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report"])
    }
  }

  @Test("an empty folder is used; a folder with anything else in it is refused and kept")
  func refuses() throws {
    try withTemporaryFolder { folder in
      _ = try write(to: folder)
    }
    try withTemporaryFolder { folder in
      let thesis = URL(fileURLWithPath: folder + "/thesis.txt")
      try Data("years of work".utf8).write(to: thesis)
      #expect(throws: ReportingError.notReplaceable(path: folder, kind: "report", file: "metrics.json")) {
        try write(to: folder)
      }
      // A metrics.json of something else does not make it a report.
      try Data(#"{"schema": "other/1"}"#.utf8).write(to: URL(fileURLWithPath: folder + "/metrics.json"))
      #expect(throws: ReportingError.notReplaceable(path: folder, kind: "report", file: "metrics.json")) {
        try write(to: folder)
      }
      #expect(try String(contentsOf: thesis, encoding: .utf8) == "years of work")
    }
  }

  @Test("an output that cannot be a folder is an error that names it")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let file = folder + "/file"
      try Data("x".utf8).write(to: URL(fileURLWithPath: file))
      #expect(throws: ReportingError.notAFolder(path: file)) { try write(to: file) }
      let error = #expect(throws: ReportingError.self) { try write(to: file + "/report") }
      guard case .cannotWrite(let path, let reason) = error else {
        Issue.record("expected cannotWrite, got \(String(describing: error))")
        return
      }
      #expect(path == file + "/report")
      #expect(!reason.isEmpty)
    }
  }

  @Test("a write that fails half-way leaves the earlier report as it was")
  func keepsEarlier() throws {
    try withTemporaryFolder { folder in
      let output = folder + "/report"
      let summary = try write(to: output)
      // No file system takes a name of 300 characters: this fails after other files were written.
      var content = SampleReport.content
      content.sections[0].id = String(repeating: "z", count: 300)
      content.sections[0].statistics = []
      content.claims = []
      #expect(throws: ReportingError.self) { try write(content, to: output) }
      #expect(try files(in: output).keys.sorted() == summary.files)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["report"])
    }
  }

  @Test("a link to a folder stays a link")
  func symbolicLink() throws {
    try withTemporaryFolder { folder in
      let link = folder + "/link"
      try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder + "/real")
      try FileManager.default.createDirectory(atPath: folder + "/real", withIntermediateDirectories: true)
      _ = try write(to: link)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == folder + "/real")
      #expect(FileManager.default.fileExists(atPath: folder + "/real/index.html"))
    }
  }

  @Test(
    "an id that cannot be a file name is refused",
    arguments: ["", "3", "fig 3", "../fig3", "fig/3", "fig3.svg", "figé"])
  func identifiers(id: String) throws {
    try withTemporaryFolder { folder in
      var content = SampleReport.content
      content.sections[1].id = id
      #expect(throws: ReportingError.figureIdentifier(id)) { try write(content, to: folder + "/report") }
      #expect(!FileManager.default.fileExists(atPath: folder + "/report"))
    }
  }

  @Test("two figures of one id, a figure named like a part of the page, and a claim on nothing are refused")
  func soundContent() throws {
    try withTemporaryFolder { folder in
      var content = SampleReport.content
      content.sections[1].id = "fig3"
      #expect(throws: ReportingError.duplicate(id: "fig3")) { try write(content, to: folder) }
      content.sections[1].id = "methods"
      #expect(throws: ReportingError.duplicate(id: "methods")) { try write(content, to: folder) }
      content = SampleReport.content
      content.claims[0].statistics = ["no.such"]
      #expect(throws: ReportingError.unknownStatistic(id: "no.such", claim: "prior-is-tight")) {
        try write(content, to: folder)
      }
    }
  }
}
