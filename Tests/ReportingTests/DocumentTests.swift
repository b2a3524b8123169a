import Encodings
import Figures
import Foundation
import ReportDocuments
import Specifications
import Testing

@testable import Reporting

@Suite("The documents for programs")
struct DocumentTests {
  /// The part of a JSON document at `path`.
  private func part(_ value: some Encodable, _ path: String...) throws -> Any {
    var object = try JSONSerialization.jsonObject(with: try JSONDocument.bytes(value))
    for name in path {
      if let index = Int(name) {
        object = try #require(object as? [Any])[index]
      } else {
        object = try #require((object as? [String: Any])?[name], "\(name)")
      }
    }
    return object
  }

  @Test("metrics.json holds every statistic with its numbers, and the verdicts that rest on it")
  func metrics() throws {
    let document = MetricsDocument(SampleReport.content)
    #expect(document.statistics.map(\.id) == SampleReport.statistics.map(\.id))
    let first = document.statistics[0]
    #expect(first.figure == "fig3" && first.panel == "a" && first.statistic == "pearson")
    #expect(
      first.estimate == StatisticValue(value: 0.9621, lower: 0.914, upper: 0.987, pValue: 3.1e-24, n: 15))
    #expect(first.claims == [.init(claim: "prior-is-tight", verdict: "holds")])
    #expect(document.claims.map(\.verdict) == ["holds", "undecided", "does-not-hold", "not-judged"])
    let says = "It is so under every optimiser (Section 5.2)."
    #expect(document.claims.map(\.paperSays) == [says, says, nil, nil])
    #expect(document.claims.map(\.paperResult) == ["very tight (Section 5.2)", nil, nil, nil])
    // A seed beyond 2⁵³ keeps every digit.
    #expect(
      String(decoding: try document.bytes(), as: UTF8.self).contains("\"seed\" : 18446744073709551615"))
  }

  @Test("a number that is not finite is null with its reason, whichever part of the estimate it is")
  func notFinite() throws {
    let rows = try #require(
      try part(MetricsDocument(SampleReport.content), "statistics") as? [[String: Any]])
    for name in ["value", "lower", "upper", "pValue"] { #expect(rows[4][name] is NSNull, "\(name)") }
    #expect(rows[4]["unmeasured"] as? String == "the value is not a finite number")
    #expect(rows[5]["unmeasured"] as? String == "fewer than 3 points")
    let estimate = Estimate.measured(value: 0.5, interval: -Double.infinity...1, pValue: .nan)
    #expect(estimate.finite == .measured(value: 0.5, interval: nil, pValue: nil))
  }

  @Test("provenance.json holds the runs, seeds, digests and replay class of each figure")
  func provenance() throws {
    let document = ProvenanceDocument(SampleReport.content)
    let figure = SampleReport.measuredFigure.provenance
    let found = try #require(document.figures["fig3"])
    #expect(found.runs == figure.runs && found.seeds == figure.seeds && found.data == figure.data)
    #expect(found.replayClass == .statistical && found.revisions["training"] == "1")
    #expect(found.settings.map(\.path) == SampleReport.settings.map(\.path))
    #expect(found.missingPanels.map(\.panel) == ["b", "c"])
    #expect(document.figures["fig1"]?.runs == [])
    #expect(document.environment == SampleReport.content.environment)
  }

  @Test("every fact of the environment has a name of its own for people")
  func environmentWords() {
    let all = Environment(
      blasKernels: "1", blasLibrary: "2", convolutions: "3", architecture: "4", swiftVersion: "5",
      plateauVersion: "6", runPackages: "7", packages: "8")
    #expect(all.facts.map(\.value).sorted() == ["1", "2", "3", "4", "5", "6", "7", "8"])
    #expect(Set(all.facts.map(\.name)).count == Mirror(reflecting: all).children.count)
    #expect(Environment().facts.isEmpty)
  }

  @Test(
    "the crate describes every file, and each id that it refers to is an entity of the crate or an address")
  func crate() throws {
    let files = ["index.html": Data("abc".utf8), "data/fig3.csv": Data()].merging(
      SampleReport.content.sections.flatMap { section in
        ["png", "svg", "pdf"].map { ("figures/\(section.id).\($0)", Data()) }
      }, uniquingKeysWith: { first, _ in first })
    let json = CrateDocument(content: SampleReport.content, files: files).json
    let graph = try #require(try part(json, "@graph") as? [[String: Any]])
    let ids = graph.compactMap { $0["@id"] as? String }
    #expect(ids.count == graph.count && Set(ids).count == ids.count)
    let entities = Dictionary(uniqueKeysWithValues: zip(ids, graph))
    #expect(Set(files.keys).isSubset(of: ids))
    #expect(
      entities["ro-crate-metadata.json"]?["conformsTo"] as? [String: String] == [
        "@id": "https://w3id.org/ro/crate/1.1"
      ])
    for name in ["name", "description", "datePublished", "license"] { #expect(entities["./"]?[name] != nil) }
    // SHA-256 of "abc": FIPS 180-4, the first example.
    #expect(
      entities["index.html"]?["sha256"] as? String
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(entities["index.html"]?["contentSize"] as? String == "3")
    #expect(entities["#make-fig3"]?["@type"] as? String == "CreateAction")
    #expect(entities["#make-fig3"]?["instrument"] as? [String: String] == ["@id": "#plateau"])
    let data = SampleReport.content.datasets[0].sha256
    #expect(entities["#data-\(data)"]?["identifier"] as? String == "sha256:\(data)")
    #expect(
      entities["#make-fig3"]?["object"] as? [[String: String]] == [
        ["@id": "#seed"], ["@id": "#data-\(data)"],
      ])
    #expect(entities["#seed"]?["value"] as? String == "18446744073709551615")
    #expect(
      entities["./"]?["conformsTo"] as? [String: String] == ["@id": "https://w3id.org/ro/wfrun/process/0.5"])
    func references(_ value: Any) -> [String] {
      if let list = value as? [Any] { return list.flatMap(references) }
      guard let object = value as? [String: Any] else { return [] }
      if object.count == 1, let id = object["@id"] as? String { return [id] }
      return object.values.flatMap(references)
    }
    for reference in graph.flatMap(references) {
      #expect(ids.contains(reference) || reference == "https://w3id.org/ro/crate/1.1", "\(reference)")
    }
  }

  @Test("a run that failed is an action that failed, with its error; one that did not converge is none")
  func failedRuns() throws {
    var content = SampleReport.content
    content.notes.append(
      RunNote(
        kind: .failed, figure: "fig3", key: "abc", run: "|A| = 0, sample 1", detail: "the loss became NaN"))
    let graph = try #require(
      try part(CrateDocument(content: content, files: [:]).json, "@graph") as? [[String: Any]])
    let failed = graph.filter {
      $0["actionStatus"] as? String == "http://schema.org/FailedActionStatus"
    }
    #expect(failed.map { $0["error"] as? String } == ["the loss became NaN"])
    #expect(failed.map { $0["description"] as? String } == ["Run abc"])
    let root = try #require(graph.first { $0["@id"] as? String == "./" })
    let mentions = try #require(root["mentions"] as? [[String: String]]).compactMap { $0["@id"] }
    #expect(mentions.contains(failed[0]["@id"] as? String ?? ""))
  }

  @Test("the checklist counts what is there and says no where the facts do")
  func checklist() throws {
    let text = ChecklistDocument(content: SampleReport.content).text
    func row(_ question: String) throws -> String {
      String(try #require(text.split(separator: "\n").first { $0.contains(question) }))
    }
    #expect(try row("number of runs exact").contains("15 runs in 2 figures"))
    #expect(try row("at the size of the paper").contains("| No | Profile quick"))
    let statistics = SampleReport.statistics
    let withInterval = statistics.count { row in
      if case .measured(_, let interval, _) = row.estimate.finite { interval != nil } else { false }
    }
    #expect(
      try row("Is the variation shown").contains("\(statistics.count) statistics: \(withInterval) with"))
    #expect(try row("Are the limits said").contains("2 panels are not in the report"))
    #expect(try row("pinned down").contains(SampleReport.content.datasets[0].sha256))
    // Every row has its three cells, whatever signs the facts hold.
    for line in text.split(separator: "\n") where line.hasPrefix("|") {
      #expect(line.replacing("\\|", with: "").count { $0 == "|" } == 4, "\(line)")
    }
    var paper = SampleReport.content
    paper.profile.name = "paper"
    paper.sections = [SampleReport.drawnFigure]
    paper.claims = []
    paper.datasets = []
    let drawn = ChecklistDocument(content: paper).text
    #expect(drawn.contains("Are the experiments at the size of the paper? | Yes"))
    #expect(drawn.contains("Are the data described? | Does not apply"))
  }

  @Test("the table of claims has one row a judgement and statistic, quoted where it must be")
  func claims() throws {
    var content = SampleReport.content
    content.claims[0].condition = "step, the \"hard\" one"
    let preview = try #require(CSVPreview(ClaimsTable(content: content).csv, limit: 9, widest: 99))
    #expect(preview.rowCount == 4)
    #expect(preview.rows.allSatisfy { $0.count == preview.header.count })
    #expect(
      preview.rows[0] == [
        "prior-is-tight", "fig3", "a", "step, the \"hard\" one", "holds", "", "pearson", "0.9621", "0.914",
        "0.987", "15", "0.9", "It is so under every optimiser (Section 5.2).", "very tight (Section 5.2)",
      ])
    #expect(preview.rows[3].suffix(2) == ["", ""])
    #expect(preview.rows[3][4...6] == ["not-judged", "Figure 4 is not in this report", ""])
  }

  @Test("run.json holds the volatile facts and the digest of the rest")
  func run() throws {
    let document = RunDocument(SampleReport.volatile, siteDigest: "abc")
    #expect(document.host == "a-host" && document.durationInSeconds == 60)
    #expect(document.versions == ["kernel": "6.1"] && document.paths == ["store": "store"])
    #expect(document.secondsByFigure == ["fig3": 12.5] && document.siteDigest == "abc")
    #expect(document.cost == SampleReport.volatile.cost && document.cost?.peakMemoryBytes == 1 << 20)
  }
}
