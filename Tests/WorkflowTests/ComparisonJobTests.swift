import Bundles
import Foundation
import Specifications
import Testing
import Workflow

/// Two reports of one figure, the second with another box.
@Suite("Comparisons and histories")
struct ComparisonJobTests {
  private let workplace: Workplace

  init() throws { workplace = try Workplace() }

  private func compare(
    _ first: String, _ second: String, tolerances: String? = nil, output: String? = nil, json: String? = nil
  ) throws -> ReportComparison {
    try ComparisonJob(
      workplace.path(first), workplace.path(second), project: workplace.projectFolder,
      tolerances: tolerances.map(workplace.path), output: output.map(workplace.path),
      json: json.map(workplace.path)
    ).execute().comparison
  }

  @Test("a report of another box differs: the setting is named, the page has the moves; bundles do as well")
  func alteredBox() async throws {
    try await workplace.report("S5", to: "first")
    let altered = try Workplace(
      file: "table1.yml", replacing: "mnist-fcn: {box: 1e-4", with: "mnist-fcn: {box: 5e-4")
    try altered.copy("store", of: workplace)
    try await altered.report("S5")
    try FileManager.default.copyItem(atPath: altered.path("report"), toPath: workplace.path("second"))

    let comparison = try compare("first", "second", output: "page", json: "diff.json")
    #expect(comparison.outcome == .differs)
    let summary = ComparisonSummary(comparison).text
    #expect(summary.contains("sharpness/mnist-fcn.box: 0.0001 → 0.0005"))
    #expect(summary.contains("6 of 6 points moved"))
    // The same runs were measured anew: only sharpness moved.
    #expect(!summary.contains("generalization_percent"))
    let files = workplace.files(in: "page")
    for name in ["index.html", "difference/figS5.png", "moves/figS5.svg"] { #expect(files.contains(name)) }
    #expect(workplace.folder.read("diff.json") == workplace.folder.read("page/diff.json"))
    #expect(workplace.folder.read("diff.json")?.isEmpty == false)

    for (name, place) in [("first", workplace), ("second", altered)] {
      _ = try ArchiveJob(
        workplace.path(name), store: place.path("store"), output: workplace.path(name + ".tar.gz")
      ).execute()
    }
    let bundles = try compare("first.tar.gz", "second.tar.gz")
    #expect(bundles.outcome == .differs)
    #expect(ComparisonMarkdown(bundles).text.hasPrefix("## Differs"))
    let same = try compare("first", "first.tar.gz")
    #expect(same.outcome == .same)
    #expect(ComparisonSummary(same).text.hasSuffix("Same: every byte but run.json’s"))

    let history = try HistoryJob(
      [workplace.path("second"), workplace.path("first.tar.gz")], project: workplace.projectFolder,
      output: workplace.path("trend")
    ).execute()
    #expect(history.history.summary.contains("2 reports") && history.top == nil)
    #expect(workplace.files(in: "trend").contains("history.csv"))

    // Tolerances of one's own may let it pass, settings never.
    try workplace.folder.write(
      Array("statistics: {bitwise: not-counted}\npoints: {bitwise: not-counted}\n".utf8), to: "loose.yml")
    #expect(try compare("first", "second", tolerances: "loose.yml").outcome == .differs)
  }

  @Test("another profile cannot be compared")
  func otherProfile() async throws {
    try await workplace.report("1", to: "smoke")
    _ = try await ReportJob(
      WorkRequest(profile: .quick, chosenFigures: "1", store: workplace.path("store")), in: workplace.places,
      output: workplace.path("quick"), date: "1970-01-01T00:00:00Z"
    ).execute()
    let comparison = try compare("smoke", "quick")
    #expect(comparison.outcome.status == 2)
    #expect(ComparisonSummary(comparison).text.hasPrefix("Cannot be compared:\n  another profile: smoke"))
  }

  @Test("what is no report, no tolerance file or no place to write to is named in the error")
  func badInput() async throws {
    try await workplace.report("1")
    try workplace.folder.write(Array("mine".utf8), to: "full/notes.txt")
    try workplace.folder.write(Array("statistics: {exact: 1}\n".utf8), to: "wrong.yml")
    func expect(
      _ words: String, _ first: String, _ second: String, tolerances: String? = nil, output: String? = nil,
      json: String? = nil, location: SourceLocation = #_sourceLocation
    ) {
      let error = #expect(throws: (any Error).self, sourceLocation: location) {
        try compare(first, second, tolerances: tolerances, output: output, json: json)
      }
      #expect(error.map { "\($0)" }?.contains(words) == true, sourceLocation: location)
    }
    expect("nowhere does not exist", "report", "nowhere")
    expect("full is not a report", "full", "report")
    expect("full/notes.txt", "report", "full/notes.txt")
    expect("wrong.yml:1:14", "report", "report", tolerances: "wrong.yml")
    expect("no comparison of plateau", "report", "report", output: "full")
    expect("nowhere/d.json could not be written", "report", "report", json: "nowhere/d.json")
    #expect(workplace.files(in: "full") == ["notes.txt"])
  }
}
