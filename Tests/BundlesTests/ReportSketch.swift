import ReportDocuments
import Figures
import Foundation
import Plotting
import Reporting
import Specifications

/// The documents of a small report of one figure, `fig3`, with one scatter panel; every part can be altered.
struct ReportSketch {
  struct Statistic {
    var id = "fig3.a.x.y.pearson"
    var panel = "a"
    var value: Double? = 0.8
    var interval: ClosedRange<Double>? = 0.6...0.9
    var n = 2
    var unmeasured: String?
    var pValue: Double?
  }

  var profile = "quick"
  var seed = 1
  var statistics = [Statistic()]
  var verdict = "holds"
  var replay = ReplayClass.bitwise
  var runs = ["r0", "r1"]
  var box = "0.0001"
  var dataDigest = String(repeating: "d", count: 64)
  var revisions = ["training": "1"]
  var kernel = "Haswell"
  var table = "run_sha256,attack_size_images,sample,seed,sharpness\nr0,0,0,1,1.5\nr1,50,0,1,2.5\n"
  var points = [(x: 1.0, y: 90.0), (x: 2.0, y: 80.0)]
  var picture: Pixels? = Pixels(width: 2, height: 2, values: [0, 0, 0, 0xFFFFFF])
  /// When it was made, for `run.json`.
  var finished = "2026-01-01T00:00:00Z"
  /// Put into `metrics.json` for the first value, as text.
  var rawValue: String?

  var files: [String: Data] {
    get throws {
      let statistics = statistics.map { statistic in
        let value = rawValue ?? Self.text(statistic.value)
        let reason = statistic.unmeasured.map { "\"\($0)\"" } ?? "null"
        return """
          {"id":"\(statistic.id)","figure":"fig3","panel":"\(statistic.panel)","quantities":"x against y",
          "statistic":"pearson","title":"Pearson r","n":\(statistic.n),"value":\(value),
          "lower":\(Self.text(statistic.interval?.lowerBound)),
          "upper":\(Self.text(statistic.interval?.upperBound)),"pValue":\(Self.text(statistic.pValue)),"unmeasured":\(reason)}
          """
      }
      let metrics = """
        {"schema":"plateau-metrics/1","plateauVersion":"0","profile":"\(profile)","seed":\(seed),
        "statistics":[\(statistics.joined(separator: ","))],
        "claims":[{"name":"c","figure":"fig3","panel":"a","condition":null,"verdict":"\(verdict)"}]}
        """
      let runs = runs.map { #"{"key":"\#($0)","label":"run \#($0)","replayClass":"\#(replay.rawValue)"}"# }
      let revisions = String(decoding: try JSONEncoder().encode(revisions), as: UTF8.self)
      let provenance = """
        {"schema":"plateau-provenance/1","command":"plateau report",
        "environment":{"BLAS kernels of the runs":"\(kernel)"},
        "figures":{"fig3":{"label":"Figure 3","replayClass":"\(replay.rawValue)",
        "runs":[\(runs.joined(separator: ","))],"data":[{"name":"mnist","sha256":"\(dataDigest)"}],
        "revisions":\(revisions),"settings":[{"path":"g.box","value":"\(box)"}]}}}
        """
      let inputs = ReportInputs(
        profile: .quick, seed: 1, chosenFigures: nil, date: "1970-01-01T00:00:00Z", decisions: [], runs: [],
        samples: [], specs: [:])
      var files = [
        "metrics.json": Data(metrics.utf8), "provenance.json": Data(provenance.utf8),
        "points.json": try JSONEncoder().encode(PointsDocument(figures: ["fig3": [panel]])),
        "inputs.json": try JSONEncoder().encode(inputs), "data/fig3.csv": Data(table.utf8),
        "index.html": Data("<p>".utf8),
      ]
      if let picture { files["figures/fig3.png"] = Data(try picture.png()) }
      return files
    }
  }

  private var panel: PanelPoints {
    PanelPoints(
      panel: "a", title: "A", xLabel: "x", yLabel: "y", quantities: "x against y",
      points: zip(runs, points).enumerated().map { index, pair in
        PanelPoints.Point(
          run: pair.0, label: "sample \(index)", x: pair.1.x, y: pair.1.y, isConverged: true)
      })
  }

  private static func text(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }
}
