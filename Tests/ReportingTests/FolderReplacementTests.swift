import Foundation
import RunStorage
import Synchronization
import TestSupport
import Testing

@testable import Reporting

@Suite("Replaced folders")
struct FolderReplacementTests {
  private let folder: TemporaryFolder
  private var output: String { folder.path + "/report" }

  init() throws { folder = try TemporaryFolder() }

  /// A report of a few files, with what `text` says in one of them.
  private func files(_ text: String = "one") -> [String: Data] {
    var files = [
      "metrics.json": Data(#"{"schema": "plateau-metrics/1"}"#.utf8), "figures/a.svg": Data(text.utf8),
    ]
    files["SHA256SUMS"] = Data(FolderReplacement.sums(files).utf8)
    return files
  }

  private func replacement(inputs: [String] = []) throws -> FolderReplacement {
    try FolderReplacement(output, marker: .report, inputs: inputs)
  }

  private var found: [String] {
    (FileManager.default.subpaths(atPath: folder.path) ?? []).filter {
      $0.contains(".") || $0.contains("SUMS")
    }
    .sorted()
  }

  private func text() throws -> String {
    try String(contentsOfFile: output + "/figures/a.svg", encoding: .utf8)
  }

  @Test(
    "a folder with files that no report wrote is refused before and after the work, and keeps them",
    arguments: [".git/config", "CNAME", "figures/mine.png", "empty/"])
  func foreignFiles(file: String) throws {
    try replacement().replace(with: files())
    let early = try replacement()
    if file.hasSuffix("/") {
      try FileManager.default.createDirectory(atPath: output + "/" + file, withIntermediateDirectories: true)
    } else {
      try folder.write([1], to: "report/" + file)
    }
    let before = found
    for attempt in [{ _ = try replacement() }, { _ = try early.replace(with: files("two")) }] {
      let error = #expect(throws: ReportingError.self) { try attempt() }
      let name = file.split(separator: "/")[file.hasPrefix("figures") ? 1 : 0]
      #expect(
        error?.description.contains(name) == true && error?.description.contains("another --output") == true)
    }
    #expect(found == before)
    #expect(try text() == "one")
  }

  @Test("a report without its list of files is not known to be ours alone, and is kept")
  func withoutListing() throws {
    try replacement().replace(with: files())
    try FileManager.default.removeItem(atPath: output + "/SHA256SUMS")
    #expect(
      throws: ReportingError.foreignFiles(path: output, kind: "report", files: ["figures", "figures/a.svg"])
    ) {
      try replacement()
    }
  }

  @Test("an output that is, or holds, what the call reads is refused; links do not hide it")
  func inputs() throws {
    try replacement().replace(with: files())
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: output)
    for input in [output, output + "/store", folder.path + "/link/below/it"] {
      #expect(throws: ReportingError.inputInOutput(path: output, input: input)) {
        try replacement(inputs: [input])
      }
    }
    _ = try replacement(inputs: [folder.path, output + "2", folder.path + "/store"])
  }

  @Test("many that write one folder at once all succeed; the folder is one of theirs, whole")
  func concurrent() throws {
    DispatchQueue.concurrentPerform(iterations: 16) { number in
      do {
        try replacement().replace(with: files("\(number)"))
      } catch {
        Issue.record("\(error)")
      }
    }
    let last = try text()
    #expect(try Data(contentsOf: URL(fileURLWithPath: output + "/SHA256SUMS")) == files(last)["SHA256SUMS"])
    #expect(found == ["report/SHA256SUMS", "report/figures/a.svg", "report/metrics.json"])
  }

  @Test("where folders cannot be exchanged, two steps do, and the writer says so")
  func twoSteps() throws {
    func replacing(_ text: String) throws -> FolderReplacement.Placement {
      var replacement = try replacement()
      replacement.exchange = { _, _ in EINVAL }
      return try replacement.replace(with: files(text))
    }
    #expect(try replacing("one") == .atOnce)
    #expect(try replacing("two") == .inTwoSteps)
    #expect(try text() == "two")
    // Killed between the steps: the earlier report is back with the next call.
    try FileManager.default.moveItem(atPath: output, toPath: folder.path + "/.report.previous")
    #expect(try replacing("three") == .inTwoSteps)
    #expect(try text() == "three")
    #expect(found == ["report/SHA256SUMS", "report/figures/a.svg", "report/metrics.json"])
    // Here they can be exchanged.
    #expect(try replacement().replace(with: files("four")) == .atOnce)
    #expect(try text() == "four")
  }

  @Test("a lock that another keeps on the folder around it is in the way of two steps alone")
  func lockedAround() throws {
    try replacement().replace(with: files())
    let held = try FolderLock(folder.path)
    defer { withExtendedLifetime(held) {} }
    var replacement = try replacement()
    replacement.patience = .zero
    #expect(try replacement.replace(with: files("two")) == .atOnce)
    replacement.exchange = { _, _ in EINVAL }
    let error = #expect(throws: ReportingError.self) { try replacement.replace(with: files("three")) }
    #expect(error?.description.contains("keeps a lock on \(folder.path)") == true)
    #expect(try text() == "two")
  }

  @Test("an exchange that fails leaves the earlier folder, and nothing beside it")
  func failedExchange() throws {
    try replacement().replace(with: files())
    var failing = try replacement()
    failing.exchange = { _, _ in EIO }
    let error = #expect(throws: ReportingError.self) { try failing.replace(with: files("two")) }
    #expect(error?.description.contains("Input/output error") == true)
    #expect(try text() == "one")
    #expect(found == ["report/SHA256SUMS", "report/figures/a.svg", "report/metrics.json"])
  }

  @Test("a link that leads nowhere yet stays a link; a pipe, a device and a file are no folders")
  func otherPlaces() throws {
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "report")
    try FolderReplacement(link, marker: .report).replace(with: files())
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "report")
    #expect(try text() == "one")
    let pipe = folder.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    try folder.write([1], to: "file")
    for path in [pipe, "/dev/null", "/dev/stdout", folder.path + "/file"] {
      #expect(throws: ReportingError.notAFolder(path: path)) { try FolderReplacement(path, marker: .report) }
    }
  }
}
