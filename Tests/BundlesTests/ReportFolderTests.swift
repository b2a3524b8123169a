import Foundation
import Reporting
import Testing

@testable import Bundles

@Suite("Report folders")
struct ReportFolderTests {
  /// The message that the folder is refused with.
  private func message(_ site: SampleSite) -> String {
    do {
      _ = try ReportFolder(site.report)
      return ""
    } catch { return "\(error)" }
  }

  @Test("a missing and a changed file are named")
  func damage() throws {
    let site = try SampleSite()
    defer { site.remove() }
    try FileManager.default.removeItem(atPath: site.report + "/index.html")
    try Data("x".utf8).write(to: URL(fileURLWithPath: site.report + "/data/fig1.csv"))
    let text = message(site)
    #expect(text.contains("missing: index.html"))
    #expect(text.contains("changed since it was written: data/fig1.csv"))
  }

  @Test("half-written, foreign and older folders each have their own message")
  func foreign() throws {
    let site = try SampleSite()
    defer { site.remove() }
    let metrics = #"{"schema":"plateau-metrics/9"}"#
    try site.write(["metrics.json": Data(metrics.utf8)])
    #expect(message(site).contains("of the layout 'plateau-metrics/9'"))
    try site.write(["metrics.json": Data(metrics.dropLast(4).utf8)])
    #expect(message(site).contains("metrics.json cannot be read"))
    try site.write(["metrics.json": Data(#"{"schema":"something/1"}"#.utf8)])
    #expect(message(site).contains("is not a report of plateau"))
    try FileManager.default.removeItem(atPath: site.report + "/metrics.json")
    #expect(message(site).contains("no metrics.json"))
    #expect(throws: BundlesError.notFound(path: "/nowhere/at/all")) { try ReportFolder("/nowhere/at/all") }
  }

  @Test("a run that the store has not is named, with the remedy")
  func missingRun() throws {
    let site = try SampleSite()
    defer { site.remove() }
    let writer = BundleWriter(try ReportFolder(site.report), store: site.path("other"))
    do {
      _ = try writer.write(to: OutputFile(site.path("b.tar.gz"), inputs: [], makesFolder: true))
      Issue.record("a bundle without its run was written")
    } catch {
      #expect("\(error)".contains(site.record.key.description) && "\(error)".contains("--store"))
    }
    #expect(!FileManager.default.fileExists(atPath: site.path("b.tar.gz")))
  }
}
