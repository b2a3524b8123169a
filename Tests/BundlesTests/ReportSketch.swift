import Figures
import Foundation
import Plotting
import ReportDocuments
import Reporting
import Specifications

/// The documents of a small report of one figure, `fig3`, with one scatter panel; every part can be altered.
struct ReportSketch {
  struct Statistic {
    var id = "fig3.a.x.y.pearson"
    var name = "pearson"
    var panel = "a"
    var value: Double? = 0.8
    var interval: ClosedRange<Double>? = 0.6...0.9
    var n = 2
    var unmeasured: String?
    var pValue: Double?
  }

  var profile = "quick"
  var seed: UInt64 = 1
  var statistics = [Statistic()]
  var verdict = "holds"
  var replay = ReplayClass.bitwise
  var runs = ["r0", "r1"]
  var box = "0.0001"
  var dataDigest = String(repeating: "d", count: 64)
  var revisions = ["training": "1"]
  var kernel = "Haswell"
  var blasVersion = "0.3.21"
  var table = "run_sha256,attack_size_images,sample,seed,sharpness\nr0,0,0,1,1.5\nr1,50,0,1,2.5\n"
  var points = [(x: 1.0, y: 90.0), (x: 2.0, y: 80.0)]
  var picture: Pixels? = Pixels(width: 2, height: 2, values: [0, 0, 0, 0xFFFFFF])
  /// How people read the axes and the runs; no comparison rests on them.
  var words = (x: "x", run: "sample")
  /// What tells the verdict from another of its claim, in words.
  var condition: String?
  /// What the paper says of the claim and finds in the panel.
  var paper: (says: String, result: String)?
  /// When it was made.
  var finished = "2026-01-01T00:00:00Z"
  /// Stands in `metrics.json` for the first value, as text.
  var rawValue: String?

  var files: [String: Data] {
    get throws {
      let metrics = MetricsDocument(
        plateauVersion: "0", profile: profile, seed: seed,
        statistics: statistics.map { statistic in
          MetricsDocument.Statistic(
            id: statistic.id, figure: "fig3", panel: statistic.panel, quantities: "x against y",
            statistic: statistic.name, title: "Pearson r",
            estimate: StatisticValue(
              value: statistic.value, lower: statistic.interval?.lowerBound,
              upper: statistic.interval?.upperBound, pValue: statistic.pValue, n: statistic.n,
              unmeasured: statistic.unmeasured))
        },
        claims: [
          MetricsDocument.Claim(
            name: "c", statement: "s", paperSays: paper?.says, paperResult: paper?.result, rule: "r",
            figure: "fig3", panel: "a", condition: condition,
            statistics: statistics.map(\.id),
            threshold: nil, verdict: verdict, reason: nil)
        ])
      let provenance = ProvenanceDocument(
        plateauVersion: "0", profile: profile, seed: seed, command: "plateau report",
        environment: Environment(blasKernels: kernel, blasLibrary: "OpenBLAS \(blasVersion) \(kernel)"),
        figures: [
          "fig3": ProvenanceDocument.Figure(
            label: "Figure 3", command: "plateau report --figures 3", replayClass: replay, seeds: [seed],
            runs: runs.map { .init(key: $0, label: "run \($0)", replayClass: replay) },
            data: [.init(name: "mnist", sha256: dataDigest)], revisions: revisions, work: [:],
            settings: [.init(path: "g.box", value: box, paperValue: nil, sources: ["C"])], notes: [],
            missingPanels: [])
        ])
      let inputs = ReportInputs(
        profile: .quick, seed: 1, chosenFigures: nil, date: "1970-01-01T00:00:00Z", decisions: [], runs: [],
        samples: [], specs: [:])
      var files = [
        "provenance.json": try provenance.bytes(),
        "points.json": try PointsDocument(figures: ["fig3": [panel]]).bytes(),
        "inputs.json": try inputs.bytes(), "data/fig3.csv": Data(table.utf8),
        "index.html": Data("<p>".utf8),
      ]
      var text = String(decoding: try metrics.bytes(), as: UTF8.self)
      if let rawValue {
        text.replace(#/"value" : [^,\n]*/#, with: "\"value\" : \(rawValue)", maxReplacements: 1)
      }
      files["metrics.json"] = Data(text.utf8)
      if let picture { files["figures/fig3.png"] = Data(try picture.png()) }
      return files
    }
  }

  /// `run.json`, which is not listed in `SHA256SUMS`.
  var run: RunDocument {
    RunDocument(
      host: "a-host", started: finished, finished: finished, durationInSeconds: 1, secondsByFigure: [:],
      versions: [:], paths: [:], other: [:], siteDigest: "")
  }

  private var panel: PanelPoints {
    PanelPoints(
      panel: "a", title: "A", xLabel: words.x, yLabel: "y", quantities: "x against y",
      points: zip(runs, points).enumerated().map { index, pair in
        PanelPoints.Point(
          run: pair.0, label: "\(words.run) \(index)", x: pair.1.x, y: pair.1.y, isConverged: true)
      })
  }
}
