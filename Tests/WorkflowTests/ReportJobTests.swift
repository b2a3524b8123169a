import Bundles
import Foundation
import RunStorage
import Specifications
import Synchronization
import Testing
@testable import Workflow

/// One report after another: whatever else differs, the bytes do not.
@Suite("Reports")
struct ReportJobTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func expectShared(
    _ folder: String = "report", location: SourceLocation = #_sourceLocation
  ) async throws {
    let shared = try await SharedReport.made.contents
    let found = try workplace.contents(of: folder)
    #expect(found.keys.sorted() == shared.keys.sorted(), sourceLocation: location)
    let different = shared.keys.filter { shared[$0] != found[$0] }.sorted()
    #expect(different.isEmpty, sourceLocation: location)
  }

  private func text(_ name: String, _ files: [String: Data]) -> String {
    String(decoding: files[name] ?? Data(), as: UTF8.self)
  }

  @Test("a report has its page, pictures, tables and documents, and says which images were used")
  func contents() async throws {
    let made = try await SharedReport.made
    for name in [
      "index.html", "style.css", "metrics.json", "provenance.json", "ro-crate-metadata.json", "SHA256SUMS",
      "inputs.json", "source/figures/fig3.yml", "source/figures/claims.yml",
      "source/report-templates/page.mustache", "data/fig2.csv", "data/fig2-ranks-b.csv", "data/fig3.csv",
      "data/fig5.csv", "data/figS5.csv", "data/figS5-trace-a.csv", "data/claims.csv", "figures/fig1.svg",
      "figures/fig3.png", "figures/fig5.pdf", "figures/figS5.svg",
    ] {
      #expect(made.contents[name]?.isEmpty == false, "\(name)")
    }
    #expect(made.events.finishedRuns == SharedReport.runCount)
    #expect(made.workplace.files(in: "store/runs", endingIn: ".json").count == SharedReport.runCount)
    let table = text("data/fig3.csv", made.contents)
    #expect(table.split(separator: "\n").count == 9)
    // Without CIFAR-10 the table, the page and every claim say what was used.
    #expect(table.contains("\"stand-in images, not CIFAR-10\""))
    #expect(text("index.html", made.contents).contains("stand-in images, not CIFAR-10"))
    let decisions = made.events.compactMap {
      if case .dataDecided(let decision) = $0 { decision.group } else { nil }
    }
    #expect(decisions == ["cifar10"])
    let claims = made.outcome.metrics.claims
    #expect(Set(claims.map(\.panel)) == ["a", "b"])
    let onStandIn = text("data/claims.csv", made.contents).split(separator: "\n").filter {
      $0.hasPrefix("tight,fig3,b")
    }
    #expect(onStandIn.count == 1 && onStandIn.allSatisfy { $0.contains("not-judged") })
  }

  @Test("a second job executes nothing and writes the same bytes")
  func again() async throws {
    try await workplace.copy("store", of: SharedReport.made.workplace)
    let (_, events) = try await workplace.report(nil)
    #expect(events.finishedRuns == 0 && events.drawnSamples == 0)
    try await expectShared()
    let facts = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(fileURLWithPath: workplace.path("report/run.json"))))
    // Nothing was executed, and what the runs took then stands in their records.
    let cost = try #require((facts as? [String: Any])?["cost"] as? [String: Any])
    let byFigure = try #require(cost["processorSecondsByFigure"] as? [String: Double])
    let onWall = try #require((facts as? [String: Any])?["secondsByFigure"] as? [String: Double])
    #expect(byFigure.keys.sorted() == onWall.keys.sorted() && byFigure.values.allSatisfy { $0 > 0 })
    #expect((cost["runsWithoutProcessorTime"] as? [String: Int])?.isEmpty == true)
    #expect(try #require(cost["processorSeconds"] as? Double) > 0)
    let other = try #require((facts as? [String: Any])?["other"] as? [String: String])
    #expect(other["runs executed"] == "0")
    #expect(other["runs from the store"] == "\(SharedReport.runCount)")
  }

  @Test("a report that stands is not made again")
  func standing() async throws {
    try await workplace.copy("store", of: SharedReport.made.workplace)
    let first = try await workplace.report("3").outcome
    let facts = try Data(contentsOf: URL(fileURLWithPath: workplace.path("report/run.json")))
    let contents = try workplace.contents()
    let (again, events) = try await workplace.report("3")
    #expect(first.site != nil && again.site == nil)
    #expect(again.digest == first.digest && again.metrics.claims == first.metrics.claims)
    #expect(!events.contains { if case .writing = $0 { true } else { false } })
    #expect(try workplace.contents() == contents)
    #expect(try Data(contentsOf: URL(fileURLWithPath: workplace.path("report/run.json"))) == facts)
    // Of stored runs alone it is the same report.
    let stored = try await workplace.report("3", isOfStored: true).outcome
    #expect(stored.site == nil && stored.digest == first.digest)
  }

  enum Change: CaseIterable {
    case program, spec, template, date, choice, storeFolder, runRecord, picture, facts, missingFile
  }

  @Test("a report is made again where anything has changed that it follows from", arguments: Change.allCases)
  func notStanding(change: Change) async throws {
    try await workplace.copy("store", of: SharedReport.made.workplace)
    let first = try await workplace.report("3").outcome
    let contents = try workplace.contents()
    var (figures, store, date) = ("3", "store", "1970-01-01T00:00:00Z")
    var program = Workplace.program
    func append(_ text: String, to name: String) throws {
      let path = workplace.path(name)
      try (String(contentsOfFile: path, encoding: .utf8) + text)
        .write(toFile: path, atomically: true, encoding: .utf8)
    }
    switch change {
    case .program: program.append(try #require(MappedFile(path: workplace.path("home/figures/fig3.yml"))))
    case .spec: try append("# changed\n", to: "home/figures/fig3.yml")
    case .template:
      // The tiny project's are those of the repository.
      let folder = workplace.path("home/report-templates")
      let original = try FileManager.default.destinationOfSymbolicLink(atPath: folder)
      try FileManager.default.removeItem(atPath: folder)
      try FileManager.default.copyItem(atPath: original, toPath: folder)
      try append("/* changed */\n", to: "home/report-templates/style.css")
    case .date: date = "1970-01-02T00:00:00Z"
    case .choice: figures = "3,2"
    case .storeFolder:
      store = "other"
      try FileManager.default.copyItem(atPath: workplace.path("store"), toPath: workplace.path(store))
    case .runRecord:
      // Executed anew, it has other times.
      let file = try #require(workplace.files(in: "store/runs", endingIn: ".json").first)
      try FileManager.default.removeItem(atPath: workplace.path("store/runs/" + file))
      _ = try await RunJob(workplace.request(nil), in: workplace.places).execute()
    case .picture: try append("x", to: "report/figures/fig3.svg")
    case .facts: try FileManager.default.removeItem(atPath: workplace.path("report/run.json"))
    case .missingFile: try FileManager.default.removeItem(atPath: workplace.path("report/data/claims.csv"))
    }
    let (again, events) = try await workplace.report(figures, store: store, date: date, by: program)
    #expect(events.finishedRuns == 0)
    let site = try #require(again.site)
    #expect(site.digest == again.digest)
    switch change {
    case .spec, .template, .date, .choice: #expect(again.digest != first.digest)
    default: #expect(try workplace.contents() == contents)
    }
    let last = try await workplace.report(figures, store: store, date: date, by: program).outcome
    #expect(last.site == nil)
  }

  @Test("one job gives the same bytes as two")
  func oneJob() async throws {
    let (_, events) = try await workplace.report(nil, jobs: 1)
    #expect(events.finishedRuns == SharedReport.runCount)
    try await expectShared()
  }

  @Test("a sample of functions is drawn once, and leaves no blocks")
  func sample() async throws {
    let made = try await SharedReport.made
    #expect(made.events.drawnSamples == 1)
    #expect(made.workplace.files(in: "store/samples", endingIn: ".json").count == 1)
    #expect(made.workplace.files(in: "store/samples", endingIn: ".block").isEmpty)
  }

  @Test("the report of a bundle has the same bytes, made from the bundle alone")
  func bundle() async throws {
    let made = try await SharedReport.made
    let bundle = workplace.path("report.tar.gz")
    _ = try ArchiveJob(
      made.workplace.path("report"), store: made.workplace.path("store"), output: bundle
    ).execute()
    #expect(try BagVerification(bundle, limits: ArchiveLimits()).outcome().problems.isEmpty)
    let rebuilt = try BundleRebuild(bundle, output: workplace.path("rebuilt")).execute()
    #expect(rebuilt.isSame && rebuilt.site.digest == made.outcome.digest)
    try await expectShared("rebuilt")

    var bytes = try Data(contentsOf: URL(fileURLWithPath: bundle))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: bundle))
    let error = #expect(throws: BundlesError.self) {
      try BundleRebuild(bundle, output: workplace.path("again")).execute()
    }
    #expect(error?.description.contains("report.tar.gz") == true)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("again")))
  }

  @Test("a report whose store is gone is not archived, and the error names the option")
  func storeIsGone() async throws {
    let made = try await SharedReport.made
    try workplace.copy("report", of: made.workplace)
    let error = #expect(throws: BundlesError.self) {
      try ArchiveJob(
        workplace.path("report"), store: workplace.path("nowhere"), output: workplace.path("other.tar.gz")
      ).execute()
    }
    #expect(error?.description.contains("--store") == true)
  }

  @Test(
    "a stored run that was cut short or altered is named, set aside and executed again, with the same bytes",
    arguments: ["cut short", "altered", "emptied", "replaced"])
  func damagedStore(how: String) async throws {
    try await workplace.copy("store", of: SharedReport.made.workplace)
    let file = try #require(workplace.files(in: "store/runs", endingIn: ".json").first)
    let path = URL(fileURLWithPath: workplace.path("store/runs/" + file))
    var bytes = Array(try Data(contentsOf: path))
    switch how {
    case "cut short": bytes.removeLast(bytes.count / 3)
    case "altered":
      // One digit of a result: the file is still sound JSON.
      let place = try #require(bytes.lastIndex(of: UInt8(ascii: "7")))
      bytes[place] = UInt8(ascii: "8")
    case "emptied": bytes = []
    default: bytes = Array("{}\n".utf8)
    }
    try Data(bytes).write(to: path)
    let (_, events) = try await workplace.report(nil)
    #expect(events.finishedRuns == 1)
    try await expectShared()
    let setAside = try #require(workplace.files(in: "store/damaged").first)
    #expect(
      Array(try Data(contentsOf: URL(fileURLWithPath: workplace.path("store/damaged/\(setAside)")))) == bytes)
    let damage = events.compactMap { if case .damagedFile(let damage) = $0 { damage } else { nil } }
    #expect(damage.count == 1 && damage.first?.setAsideAt.hasSuffix(setAside) == true)
  }

  @Test("a job that is cancelled keeps what is finished, and the next one gives the same bytes")
  func cancelled() async throws {
    let events = Events()
    await #expect(throws: (any Error).self) {
      try await ReportJob(
        workplace.request(nil, jobs: 1), in: workplace.places, output: workplace.path("report"),
        date: "1970-01-01T00:00:00Z"
      ).execute(isCancelled: { events.all.finishedRuns > 2 }, tell: { events.add($0) })
    }
    let stored = workplace.files(in: "store/runs", endingIn: ".json").count
    #expect((1..<SharedReport.runCount).contains(stored))
    #expect(!FileManager.default.fileExists(atPath: workplace.path("report")))
    let (_, rest) = try await workplace.report(nil)
    #expect(rest.finishedRuns == SharedReport.runCount - stored)
    try await expectShared()
  }

  @Test(
    "the figures that are looked at first are written first, and the page says what is still running",
    arguments: [false, true])
  func firstPage(isStopped: Bool) async throws {
    try workplace.folder.write(Array("first: [\"3\", \"2\"]\n".utf8), to: "home/figures/costs.yml")
    let events = Events()
    let seen = Mutex<[String: Data]>([:])
    let job = ReportJob(
      workplace.request(nil), in: workplace.places, output: workplace.path("report"),
      date: "1970-01-01T00:00:00Z")
    let isOver = Atomic(false)
    do {
      _ = try await job.execute(isCancelled: { isOver.load(ordering: .relaxed) }) { [workplace] event in
        events.add(event)
        guard case .written = event else { return }
        seen.withLock { $0 = (try? workplace.contents()) ?? [:] }
        isOver.store(isStopped, ordering: .relaxed)
      }
      #expect(!isStopped)
    } catch {
      #expect(isStopped && "\(error)".contains("interrupted"))
    }
    let first = seen.withLock { $0 }
    let page = text("index.html", first)
    #expect(page.contains("Not finished."))
    // Figures 4, 5 and S5 want measurements of their own.
    #expect(page.matches(of: /class="missing"/).count == 3)
    #expect(first["data/fig2.csv"] != nil && first["data/fig3.csv"] != nil && first["data/fig5.csv"] == nil)
    let shown = events.all.firstIndex { if case .written = $0 { true } else { false } }
    #expect(Array(events.all[..<(try #require(shown))]).finishedRuns == 11)
    guard isStopped else { return try await expectShared() }

    // What the stopped call leaves is a report: it can be archived, and made again from its archive.
    #expect(try workplace.contents() == first)
    let bundle = workplace.path("first.tar.gz")
    _ = try ArchiveJob(workplace.path("report"), store: workplace.path("store"), output: bundle).execute()
    #expect(try BundleRebuild(bundle, output: workplace.path("rebuilt")).execute().isSame)
    let (_, rest) = try await workplace.report(nil)
    #expect(rest.contains { if case .written = $0 { true } else { false } })
    try await expectShared()
  }

  @Test("a figure that is drawn, not measured, needs no runs and no data")
  func drawnOnly() async throws {
    try await workplace.report(" 1")
    #expect(workplace.files(in: "report/figures").count == 3)
    #expect(workplace.files(in: "store").isEmpty)
    let shared = try await SharedReport.made.contents
    for name in ["fig1.svg", "fig1.png", "fig1.pdf"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: workplace.path("report/figures/\(name)")))
      #expect(bytes == shared["figures/\(name)"], "\(name)")
    }
  }

  @Test("the date of the request is that of the report")
  func date() async throws {
    try await workplace.report("1", date: "1970-01-02T00:00:00Z")
    let crate = text("ro-crate-metadata.json", try workplace.contents())
    #expect(crate.contains("1970-01-02T00:00:00Z"))
  }

  @Test(
    "an output that cannot be written is an error with the path and a remedy, before anything is executed",
    arguments: ["file", "file/below", "full"])
  func unwritableOutput(output: String) async throws {
    try workplace.folder.write(Array("mine".utf8), to: "file")
    try workplace.folder.write(Array("mine".utf8), to: "full/notes.txt")
    let error = await #expect(throws: (any Error).self) { try await workplace.report("3", to: output) }
    #expect(error.map { "\($0)" }?.contains(output) == true)
    #expect(error.map { "\($0)" }?.contains("another --output") == true)
    #expect(workplace.folder.read("file") == Array("mine".utf8))
    #expect(workplace.files(in: "full") == ["notes.txt"])
    #expect(workplace.files(in: "store").isEmpty)
  }

  @Test(
    "a store that cannot be written is an error with the path and a remedy",
    arguments: ["file", "file/below"])
  func unwritableStore(store: String) async throws {
    try workplace.folder.write(Array("mine".utf8), to: "file")
    let error = await #expect(throws: (any Error).self) {
      try await RunJob(workplace.request("S5", store: store), in: workplace.places).execute()
    }
    #expect(error.map { "\($0)" }?.contains(store) == true)
    #expect(error.map { "\($0)" }?.contains("--store") == true)
    #expect(workplace.folder.read("file") == Array("mine".utf8))
  }
}
