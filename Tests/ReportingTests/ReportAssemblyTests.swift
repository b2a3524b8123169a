import Planning
import ReportDocuments
import RunStorage
import Specifications
import Testing

@testable import Figures
@testable import Reporting

@Suite("Results to content")
struct ReportAssemblyTests {
  private static let prior = MeasurementSpec.atZeroError(
    .prior(
      PriorSettings(kernel: .nngp, likelihood: .heaviside, weightVariance: 2, biasVariance: 1)))

  private func record(
    _ sample: Int, _ status: TrainingResult.Status, _ prior: MeasurementResult
  ) throws -> RunRecord {
    try RunRecord(
      spec: TrainingSpec(
        dataset: DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: 2, attackPool: 0, test: 2),
        network: NetworkSpec(kind: .fcn, hidden: [3], biasStandardDeviation: 1),
        optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 2), attackSize: 0, sample: sample,
        stop: StopSpec(at: .zeroErrorOnTrain, epochs: 9), seed: 1),
      dataDigest: "ab", dataSummary: "MNIST, 4 images",
      results: RunResult(
        training: TrainingResult(
          status: status, epochs: 9, lossOnTrain: 0.1, trainAccuracy: 0.5, attackAccuracy: nil,
          testAccuracy: 0.5, function: "0101", parameterNorm: 1),
        measurements: [Self.prior.identity: prior]),
      provenance: RunProvenance(
        plateauVersion: "0", blasKernel: "Haswell", blasLibrary: "b", architecture: "x86_64",
        swiftVersion: "6", replayClass: .bitwise, secondsOfTraining: 1, secondsByMeasurement: [:]))
  }

  @Test("the environment names what the runs state, each value once, and the packages of the report")
  func environment() {
    func provenance(_ convolutions: String?, _ packages: [String: String]?) -> RunProvenance {
      RunProvenance(
        plateauVersion: "0", blasKernel: "Haswell", blasLibrary: "b", convolutions: convolutions,
        architecture: "x86_64", swiftVersion: "6", packages: packages, replayClass: .statistical,
        secondsOfTraining: 1, secondsByMeasurement: [:])
    }
    let runs = [
      provenance(nil, nil),
      provenance("oneDNN 2.6.3, 2 threads", ["swift-mustache": "2.1.1", "Yams": "6.2.1"]),
      provenance("oneDNN 2.6.3, 4 threads", nil),
    ]
    let environment = Environment(runs, packages: ["Yams": "6.2.2"])
    #expect(environment.convolutions == "oneDNN 2.6.3, 2 threads; oneDNN 2.6.3, 4 threads")
    #expect(environment.runPackages == "Yams 6.2.1, swift-mustache 2.1.1")
    #expect(environment.packages == "Yams 6.2.2" && environment.blasKernels == "Haswell")
    #expect(Environment([provenance(nil, nil)], packages: [:]).convolutions == nil)
    #expect(Environment([], packages: [:]) == Environment())
  }

  @Test("constants stand with their sources for each measure that a figure uses, and for no other")
  func constants() throws {
    let measure = TabledMeasure(.adaptiveSAMSharpness, [.radius: 0.5, .offset: 0.01])
    let rows = [
      MeasureRow(measure: TabledMeasure(.samSharpness, [.radius: 0.05]), sources: [.radius: ["O"]]),
      MeasureRow(measure: measure, sources: [.radius: ["O"]]),
    ]
    let record = try record(0, .converged, .failed(reason: "it diverged"))
    let group = RunGroup(
      dataset: record.spec.dataset, network: record.spec.network, optimiser: record.spec.optimiser,
      attackSizes: [0], samplesPerSize: 1, stop: record.spec.stop,
      measurements: [.atZeroError(.tabled(measure))])
    let spec = FigureSpec(
      id: "3", title: "T", caption: "C", runs: ["a": group],
      panels: [
        PanelSpec(
          id: "a", title: "A",
          .scatter(
            runs: "a",
            .init(
              x: try #require(Quantity(rawValue: "minus-log10-adaptive-sam-sharpness")), y: .generalization)))
      ],
      schematic: nil, settings: [], file: "fig3.yml")
    let found = ReportAssembly.constants(
      rows, [FigureMaker(claims: [], records: [record], seed: 1).make(spec)])
    #expect(
      found == [
        MeasureConstant(
          measure: "adaptive-sam-sharpness", name: "radius", value: Sourced(0.5, ["O"]),
          figures: ["fig3"]),
        MeasureConstant(
          measure: "adaptive-sam-sharpness", name: "offset", value: Sourced(0.01, []), figures: ["fig3"]),
      ])
  }

  @Test("runs and measurements that did not end well are listed with their reasons, and no others")
  func notes() throws {
    func settled(_ converged: Bool) -> MeasurementResult {
      .prior(
        PriorResult(
          logProbabilityInNats: -1, n: 4, sweeps: 200, lastChange: 1, converged: converged, damping: 1))
    }
    let records = [
      try record(0, .converged, settled(true)), try record(1, .notConverged, settled(true)),
      try record(2, .converged, .failed(reason: "it diverged")), try record(3, .converged, settled(false)),
    ]
    let group = RunGroup(
      dataset: records[0].spec.dataset, network: records[0].spec.network,
      optimiser: records[0].spec.optimiser, attackSizes: [0], samplesPerSize: 4, stop: records[0].spec.stop,
      measurements: [Self.prior])
    let spec = FigureSpec(
      id: "3", title: "T", caption: "C", runs: ["a": group],
      panels: [
        PanelSpec(id: "a", title: "A", .scatter(runs: "a", .init(x: .log10Prior, y: .generalization)))
      ],
      schematic: nil, settings: [], file: "fig3.yml")
    let result = FigureMaker(claims: [], records: records, seed: 1).make(spec)
    let content = try ReportAssembly(
      inputs: SampleReport.inputs, plateauVersion: "0", packages: ["Yams": "6.2.2"],
      command: { _ in "plateau" }
    ).content([result], claims: [], tableOne: [])
    #expect(content.environment.packages == "Yams 6.2.2")
    #expect(content.notes.map(\.run) == [1, 2, 3].map { "SGD, |A| = 0, sample \($0)" })
    #expect(content.notes.map(\.kind) == [.notConverged, .failed, .notConverged])
    #expect(content.notes[1].detail.contains("it diverged"))
    #expect(content.notes[2].detail.contains("200 sweeps"))
    // The printed report has a page for what it comes to and one for each figure.
    let pdf = String(decoding: content.printed, as: UTF8.self)
    #expect(pdf.hasPrefix("%PDF-") && pdf.contains("/Count 2"))
    // Of the methods those that were used, and what was done counted without regard to how it ended.
    let provenance = try #require(content.sections.first).provenance
    #expect(provenance.revisions.map(\.name) == ["training", "prior"])
    #expect(
      provenance.work == [
        NamedValue(name: "trainings", value: "4"), NamedValue(name: "epochs of training", value: "36"),
        NamedValue(name: "priors", value: "3"),
      ])
    #expect(provenance.runs.map(\.replayClass) == Array(repeating: .bitwise, count: 4))
    // One point for each prior that is known, whether its run converged or not.
    let points = try #require(content.sections.first?.points.first).points
    #expect(points.map(\.run) == [records[0], records[1]].map(\.key.description))
    #expect(points.map(\.isConverged) == [true, false] && points.allSatisfy { $0.y == 50 })
  }
}
