import Figures
import Foundation
import Planning
import ReportDocuments
import Reporting
import RunStorage
import SpecReading
import Specifications
import Testing

@testable import Bundles

/// Reports that the writer really wrote, compared by the reader: what one states the other has to find.
@Suite("Assembled reports, compared", .serialized)
struct AssembledReportTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Writes a report of one figure with a run under these BLAS kernels, and opens it.
  private func report(kernels: String, seed: UInt64 = 1, in site: SampleSite) throws -> ReportFolder {
    var provenance = site.record.provenance
    provenance.blasKernel = kernels
    let records = try (0..<4).map { sample in
      var spec = site.record.spec
      spec.sample = sample
      spec.seed = seed
      var results = site.record.results
      results.training.lossOnTrain = 0.5 / Double(sample + 1)
      results.training.testAccuracy = [0.5, 0.75, 0.25, 1][sample]
      return try RunRecord(
        spec: spec, dataDigest: site.record.dataDigest, dataSummary: site.record.dataSummary,
        results: results, provenance: provenance)
    }
    let spec = records[0].spec
    let group = RunGroup(
      dataset: spec.dataset, network: spec.network, optimiser: spec.optimiser, attackSizes: [0],
      samplesPerSize: 4, stop: spec.stop, measurements: [])
    let figure = FigureSpec(
      id: "3", title: "T", caption: "C", runs: ["a": group],
      panels: [PanelSpec(id: "a", title: "A", .scatter(runs: "a", .init(x: .log10Loss, y: .generalization)))],
      schematic: nil, settings: [], file: "fig3.yml")
    let result = FigureMaker(claims: [], records: records, seed: seed).make(figure)
    let inputs = ReportInputs(
      profile: .smoke, seed: seed, chosenFigures: "3", date: "1970-01-01T00:00:00Z", decisions: [],
      runs: records.map(\.key).sorted(), samples: [], specs: [:])
    let content = try ReportAssembly(
      inputs: inputs, plateauVersion: "0", packages: [:], command: { _ in "plateau report" }
    ).content([result], claims: [], tableOne: [])
    let folder = site.path("written")
    try SiteWriter(templates: Self.root.appendingPathComponent("report-templates").path).write(
      content,
      volatile: VolatileFacts(
        host: "a-host", started: "", finished: "2026-01-01T00:00:00Z", durationInSeconds: 1,
        secondsByFigure: ["fig3": 1], versions: [], paths: [NamedValue(name: "store", value: site.store)]),
      to: folder)
    return try ReportFolder(folder)
  }

  private func compare(
    _ after: (SampleSite) throws -> ReportFolder
  ) throws -> ReportComparison {
    let (one, two) = (try SampleSite(), try SampleSite())
    defer {
      one.remove()
      two.remove()
    }
    let tolerances = try TolerancesReader.tolerances(
      defaults: Self.root.appendingPathComponent("figures/tolerances.yml").path)
    return try ReportComparer(
      report(kernels: "Haswell", in: one), after(two), tolerances: tolerances
    ).comparison()
  }

  @Test("a report equals itself in every part that the reader looks at")
  func itself() throws {
    let comparison = try compare { try report(kernels: "Haswell", in: $0) }
    let figure = try #require(comparison.figures.first)
    #expect(comparison.outcome == .same && figure.comparison == .identical && figure.replay == .bitwise)
    #expect(figure.statistics.count == 3 && figure.tables.map(\.identicalRows) == [4])
    #expect(figure.panels.first?.unmoved.count == 4 && comparison.remarks.isEmpty)
    #expect(comparison.facts.map(\.name).contains(Environment.blasKernelsWords))
    #expect(comparison.before.finished == "2026-01-01T00:00:00Z")
  }

  @Test("runs under other BLAS kernels are compared as statistical, and the remark names both kernels")
  func otherKernels() throws {
    let comparison = try compare { try report(kernels: "SkylakeX", in: $0) }
    #expect(comparison.figures.map(\.replay) == [.statistical] && comparison.outcome == .same)
    #expect(comparison.remarks.count == 1)
    #expect(comparison.remarks.first?.contains("Haswell and SkylakeX") == true)
  }

  @Test("rows of another seed, whose hashes differ, are matched by the columns that the writer gave them")
  func otherSeed() throws {
    let comparison = try compare { try report(kernels: "Haswell", seed: 2, in: $0) }
    let table = try #require(comparison.figures.first?.tables.first)
    #expect(table.identicalRows == 4 && table.addedColumns.isEmpty && table.removedColumns.isEmpty)
  }

  @Test("the store that the writer names is the one that the reader finds")
  func store() throws {
    let site = try SampleSite()
    defer { site.remove() }
    #expect(try report(kernels: "Haswell", in: site).store == site.store)
  }
}
