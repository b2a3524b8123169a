import Foundation
import Reporting
import RunStorage
import Testing

@testable import Bundles

@Suite("Bundles")
struct BundleTests {
  @Test("a bundle has the same bytes whatever its name and the clock, and is sound")
  func deterministic() throws {
    let site = try SampleSite()
    defer { site.remove() }
    let writer = BundleWriter(try ReportFolder(site.report), store: site.store)
    let one = try writer.write(to: OutputFile(site.path("one.tar.gz"), inputs: [], makesFolder: true))
    // A gzip header has its time in whole seconds.
    Thread.sleep(forTimeInterval: 1.1)
    let other = try writer.write(
      to: OutputFile(site.path("below/other.tar.gz"), inputs: [], makesFolder: true))
    #expect(one == other)
    let outcome = try BagVerification(site.path("one.tar.gz")).outcome()
    #expect(outcome.problems.isEmpty)
    // Four files of the report, its SHA256SUMS and run.json, and one run.
    #expect(outcome.files == 7 && one.files == 7)
    #expect(outcome.bytes == one.bytes)
  }

  @Test("an unpacked bundle gives the report and its runs back, and leaves nothing behind")
  func roundTrip() throws {
    let site = try SampleSite()
    defer { site.remove() }
    _ = try BundleWriter(ReportFolder(site.report), store: site.store).write(
      to: OutputFile(site.path("b.tar.gz"), inputs: [], makesFolder: true))
    let unpacked = try UnpackedBundle(site.path("b.tar.gz"))
    #expect(try unpacked.records() == [site.record])
    #expect(unpacked.report.digest == (try ReportFolder(site.report)).digest)
    let folder = unpacked.report.path(of: "index.html")
    #expect(FileManager.default.fileExists(atPath: folder))
    unpacked.remove()
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test("a report that was replaced since it was opened, and a damaged run, are not bundled")
  func changedMeanwhile() throws {
    let site = try SampleSite()
    defer { site.remove() }
    let output = try OutputFile(site.path("b.tar.gz"), inputs: [])
    let writer = BundleWriter(try ReportFolder(site.report), store: site.store)
    let page = URL(fileURLWithPath: site.report + "/index.html")
    let before = try Data(contentsOf: page)
    try Data("another page".utf8).write(to: page)
    #expect(
      throws: BundlesError.damagedReport(path: site.report, missing: [], damaged: ["index.html"])
    ) { try writer.write(to: output) }
    try before.write(to: page)
    let run = RunStore(folder: site.store).path(for: site.record.key)
    try Data("{".utf8).write(to: URL(fileURLWithPath: run))
    let error = #expect(throws: BundlesError.self) { try writer.write(to: output) }
    #expect(error?.description.contains("\(site.record.key) is damaged: it is cut short") == true)
    #expect(!FileManager.default.fileExists(atPath: site.path("b.tar.gz")))
  }

  @Test("each damaged, missing and extra file is named")
  func problems() throws {
    let site = try SampleSite()
    defer { site.remove() }
    var files = try site.bundled()
    let root = try #require(files.first?.path.split(separator: "/").first.map(String.init))
    let page = try #require(files.firstIndex { $0.path == "\(root)/data/index.html" })
    files[page].data[0] ^= 1
    files.removeAll { $0.path == "\(root)/data/metrics.json" }
    files.append(("\(root)/data/extra.txt", Data([1])))
    try ArchiveWriter.bytes(of: files).write(to: URL(fileURLWithPath: site.path("changed.tar.gz")))
    let problems = try BagVerification(site.path("changed.tar.gz")).outcome().problems
    #expect(problems.contains("data/index.html: damaged"))
    #expect(problems.contains("data/metrics.json: missing"))
    #expect(problems.contains("data/extra.txt: extra, in no manifest-sha256.txt"))
    #expect(problems.contains("data/extra.txt: extra, in no manifest-sha512.txt"))
    #expect(problems.contains { $0.hasPrefix("bag-info.txt") })
    #expect(throws: BundlesError.self) { try UnpackedBundle(site.path("changed.tar.gz")) }
  }

  @Test(
    "a path that leaves the bundle is refused before anything is unpacked",
    arguments: ["../evil", "a/../../evil", "/tmp/evil", "a//b", "a/./b", "a\\b", "a\nb"])
  func paths(_ name: String) throws {
    let site = try SampleSite()
    defer { site.remove() }
    let files = try site.bundled() + [(name, Data([1]))]
    try ArchiveWriter.bytes(of: files).write(to: URL(fileURLWithPath: site.path("evil.tar.gz")))
    #expect(throws: BundlesError.self) { try UnpackedBundle(site.path("evil.tar.gz")) }
    #expect(EntryPath.problem(name) != nil)
  }

  @Test("links are refused, whether to a file inside or outside", arguments: ["index.html", "/etc/passwd"])
  func links(_ target: String) throws {
    let site = try SampleSite()
    defer { site.remove() }
    try FileManager.default.createSymbolicLink(atPath: site.report + "/link", withDestinationPath: target)
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-czf", site.path("links.tar.gz"), "-C", site.folder.path, "report"]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
    do {
      _ = try BagVerification(site.path("links.tar.gz")).outcome()
      Issue.record("a link was taken")
    } catch BundlesError.unsafeEntry(_, let entry, let reason) {
      #expect(entry == "report/link" && reason == "a link")
    }
  }

  @Test("what unpacks to more than the limit is refused while it is read")
  func bombs() throws {
    let site = try SampleSite()
    defer { site.remove() }
    let whole = try site.bundled()
    let root = try #require(whole.first?.path.split(separator: "/").first)
    let files = whole + [("\(root)/data/zeros", Data(count: 1 << 24))]
    try ArchiveWriter.bytes(of: files).write(to: URL(fileURLWithPath: site.path("bomb.tar.gz")))
    #expect(
      throws: BundlesError.tooLarge(
        path: site.path("bomb.tar.gz"), reason: "it unpacks to more than 1048576 bytes")
    ) {
      try BagVerification(site.path("bomb.tar.gz"), limits: ArchiveLimits(bytes: 1 << 20)).outcome()
    }
    #expect(
      throws: BundlesError.tooLarge(
        path: site.path("bomb.tar.gz"), reason: "it holds more than 3 files")
    ) {
      try BagVerification(site.path("bomb.tar.gz"), limits: ArchiveLimits(entries: 3)).outcome()
    }
  }

  @Test("a byte flipped anywhere in the archive, or its end cut off, is found out")
  func flippedBytes() throws {
    let site = try SampleSite()
    defer { site.remove() }
    _ = try BundleWriter(ReportFolder(site.report), store: site.store).write(
      to: OutputFile(site.path("b.tar.gz"), inputs: [], makesFolder: true))
    let whole = try Data(contentsOf: URL(fileURLWithPath: site.path("b.tar.gz")))
    let file = URL(fileURLWithPath: site.path("flipped.tar.gz"))
    func isSound() -> Bool {
      (try? BagVerification(file.path).outcome().problems.isEmpty) ?? false
    }
    // Of the gzip header's ten bytes some say nothing about the contents; its trailer is a checksum.
    for position in stride(from: 10, to: whole.count - 8, by: 37) {
      var flipped = whole
      flipped[position] ^= 0x10
      try flipped.write(to: file)
      let isFound = !isSound()
      // A flip may hit the padding between two files of the tar, which holds nothing.
      let unpacked = try? SampleSite.contents(file.path)
      #expect(isFound || unpacked == (try? SampleSite.contents(site.path("b.tar.gz"))), "byte \(position)")
    }
    try whole.prefix(whole.count / 2).write(to: file)
    #expect(!isSound())
  }

  @Test("what is no archive, or no bag, says so")
  func otherFiles() throws {
    let site = try SampleSite()
    defer { site.remove() }
    try Data("hello".utf8).write(to: URL(fileURLWithPath: site.path("text")))
    try ArchiveWriter.bytes(of: [("a/data/x", Data([1]))]).write(
      to: URL(fileURLWithPath: site.path("tar.gz")))
    for (name, words) in [
      ("absent", "does not exist"), ("text", "is not a bundle"), ("tar.gz", "no bagit.txt"),
    ] {
      do {
        _ = try BagVerification(site.path(name)).outcome()
        Issue.record("\(name) was taken")
      } catch { #expect("\(error)".contains(words), "\(error)") }
    }
  }
}

extension SampleSite {
  /// The files of an archive, by path.
  static func contents(_ path: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    try ArchiveReader(path: path, limits: ArchiveLimits()).forEachFile { name, next in
      var data = Data()
      while case let piece = try next(), !piece.isEmpty { data.append(contentsOf: piece) }
      files[name] = data
    }
    return files
  }
}
