import Encodings
import Figures
import Foundation
import Specifications
import Testing

@testable import Reporting

@Suite("The documents for programs")
struct DocumentTests {
  /// The part of a JSON document at `path`.
  private func part(_ value: JSONValue, _ path: String...) throws -> Any {
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
    let json = MetricsDocument(content: SampleReport.content).json
    let rows = try #require(try part(json, "statistics") as? [[String: Any]])
    #expect(rows.map { $0["id"] as? String } == SampleReport.statistics.map(\.id))
    let first = rows[0]
    #expect(first["figure"] as? String == "fig3")
    #expect(first["panel"] as? String == "a")
    #expect(first["statistic"] as? String == "pearson")
    #expect(first["value"] as? Double == 0.9621)
    #expect(first["lower"] as? Double == 0.914)
    #expect(first["upper"] as? Double == 0.987)
    #expect(first["pValue"] as? Double == 3.1e-24)
    #expect(first["n"] as? Int == 15)
    #expect(first["unmeasured"] is NSNull)
    #expect(first["claims"] as? [[String: String]] == [["claim": "prior-is-tight", "verdict": "holds"]])
    let verdicts = try #require(try part(json, "claims") as? [[String: Any]]).map { $0["verdict"] as? String }
    #expect(verdicts == ["holds", "undecided", "does-not-hold", "not-judged"])
    // A seed beyond 2⁵³ keeps every digit.
    #expect(
      String(decoding: try JSONDocument.bytes(json), as: UTF8.self).contains(
        "\"seed\" : 18446744073709551615"))
  }

  @Test("a number that is not finite is null with its reason, whichever part of the estimate it is")
  func notFinite() throws {
    let rows = try #require(
      try part(MetricsDocument(content: SampleReport.content).json, "statistics") as? [[String: Any]])
    #expect(rows[4]["value"] is NSNull)
    #expect(rows[4]["unmeasured"] as? String == "the value is not a finite number")
    #expect(rows[5]["unmeasured"] as? String == "fewer than 3 points")
    let estimate = Estimate.measured(value: 0.5, interval: -Double.infinity...1, pValue: .nan)
    #expect(estimate.finite == .measured(value: 0.5, interval: nil, pValue: nil))
    #expect(
      try JSONDocument.bytes(JSONValue.array([.number(.nan), .number(-.infinity)]))
        == JSONDocument.bytes(JSONValue.array([.null, .null])))
  }

  @Test("provenance.json holds the runs, seeds, digests and replay class of each figure")
  func provenance() throws {
    let json = ProvenanceDocument(content: SampleReport.content).json
    let figure = SampleReport.measuredFigure.provenance
    let runs = try #require(try part(json, "figures", "fig3", "runs") as? [[String: String]])
    #expect(runs.map { $0["key"] } == figure.runs.map(\.key))
    #expect(try part(json, "figures", "fig3", "seeds") as? [UInt64] == figure.seeds)
    #expect(try part(json, "figures", "fig3", "data", "0", "sha256") as? String == figure.data[0].sha256)
    #expect(try part(json, "figures", "fig3", "replayClass") as? String == "statistical")
    #expect(try part(json, "figures", "fig3", "revisions", "training") as? String == "1")
    #expect((try part(json, "figures", "fig1", "runs") as? [Any])?.isEmpty == true)
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
        "0.987", "15", "0.9",
      ])
    #expect(preview.rows[3][4...6] == ["not-judged", "Figure 4 is not in this report", ""])
  }

  @Test("run.json holds the volatile facts and the digest of the rest")
  func run() throws {
    let json = RunDocument(facts: SampleReport.volatile, digest: "abc").json
    #expect(try part(json, "host") as? String == "a-host")
    #expect(try part(json, "durationInSeconds") as? Double == 60)
    #expect(try part(json, "versions", "kernel") as? String == "6.1")
    #expect(try part(json, "secondsByFigure", "fig3") as? Double == 12.5)
    #expect(try part(json, "siteDigest") as? String == "abc")
  }
}
