import Foundation
import ReportDocuments
import Testing

@Suite("The layouts of a report's documents")
struct DocumentLayoutTests {
  private func read<Document: VersionedDocument>(_ text: String) throws -> Document {
    try JSONDecoder().decode(Document.self, from: Data(text.utf8))
  }

  private func checkBytes<Document: VersionedDocument>(_ type: Document.Type, _ text: String) throws {
    let document: Document = try read(text)
    #expect(String(decoding: try document.bytes(), as: UTF8.self) == text)
    #expect(document.schema == Document.schema && Document.schema.hasPrefix(Document.schemaPrefix))
  }

  @Test("a stored document reads, and is written with the bytes it had")
  func stored() throws {
    try checkBytes(MetricsDocument.self, StoredDocuments.metrics)
    try checkBytes(ProvenanceDocument.self, StoredDocuments.provenance)
    try checkBytes(RunDocument.self, StoredDocuments.run)
    try checkBytes(PointsDocument.self, StoredDocuments.points)
  }

  @Test("the members of a stored document are found in their places")
  func members() throws {
    let metrics: MetricsDocument = try read(StoredDocuments.metrics)
    let first = try #require(metrics.statistics.first)
    #expect(StatisticName(rawValue: first.statistic) == .spearman && first.estimate.n == 8)
    #expect(first.estimate.value == 0.33737388489831593 && first.estimate.unmeasured == nil)
    #expect(metrics.statistics[1].estimate.value == nil && metrics.statistics[1].estimate.unmeasured != nil)
    #expect(metrics.claims[0].threshold == -0.5 && metrics.claims[0].condition == nil)
    #expect(metrics.claims[0].paperSays == nil && metrics.claims[0].paperResult == nil)
    let provenance: ProvenanceDocument = try read(StoredDocuments.provenance)
    #expect(
      provenance.environment.blasKernels == "Haswell" && provenance.environment.architecture == "x86_64")
    #expect(provenance.figures["fig3"]?.replayClass == .statistical)
    let run: RunDocument = try read(StoredDocuments.run)
    #expect(run.paths[RunDocument.store] == "store")
  }

  @Test("a report without the work and the times that later ones state is read")
  func earlier() throws {
    let provenance: ProvenanceDocument = try read(
      StoredDocuments.provenance.replacing(#/,\n\s*"work" : \{[^}]*\}/#, with: ""))
    #expect(provenance.figures.count == 2 && provenance.figures.values.allSatisfy { $0.work == nil })
    let run: RunDocument = try read(
      StoredDocuments.run.replacing(#/\s*"secondsByFigure" : \{[^}]*\},/#, with: ""))
    #expect(run.secondsByFigure == nil && run.host == "a-host")
    #expect(run.cost == nil)
  }

  @Test("what a report cost is read as it was written, measured or not")
  func cost() throws {
    for energy in [
      RunCost.Energy.measured(joules: 12.5, reader: "RAPL: package-0"), .notMeasured(reason: "no counters"),
    ] {
      var run: RunDocument = try read(StoredDocuments.run)
      run.cost = RunCost(
        processorSeconds: 1.5, peakMemoryBytes: nil, energy: energy,
        processorSecondsByFigure: ["fig3": 1.25], runsWithoutProcessorTime: ["fig2": 8])
      let text = String(decoding: try run.bytes(), as: UTF8.self)
      #expect(try read(text) == run)
      #expect(text.contains("\"joules\" : 12.5") != text.contains("\"notMeasured\" : \"no counters\""))
    }
  }

  @Test("a number that is not finite is refused, and so is a member of another type")
  func refusals() throws {
    var run: RunDocument = try read(StoredDocuments.run)
    run.durationInSeconds = .nan
    #expect(throws: EncodingError.self) { try run.bytes() }
    #expect(throws: DecodingError.self) {
      let _: MetricsDocument = try read(StoredDocuments.metrics.replacing("\"n\" : 8", with: "\"n\" : \"8\""))
    }
  }
}
