import Encodings
import Foundation
import Plotting
import RunStorage
import Specifications

/// A sample of functions as a whole: P(f) against the rank of f, or against its complexity.
struct FunctionSamplePanel: DrawnPanel {
  /// The quantity that P(f) is plotted against.
  enum Axis { case rankFrequency, complexity }
  let spec: PanelSpec
  let axis: Axis
  let record: FunctionSampleRecord

  /// Why there is no such panel.
  static let missing = "the sample of functions is not there"

  /// nil without a sample.
  init?(_ spec: PanelSpec, _ axis: Axis, _ record: FunctionSampleRecord?) {
    guard let record else { return nil }
    (self.spec, self.axis, self.record) = (spec, axis, record)
  }

  var result: FunctionSampleResult { record.result }

  /// The panel as it is drawn.
  func drawn(in figure: FigureStyle) -> Panel {
    Panel(
      letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title),
      plot: axis == .rankFrequency ? rankFrequency : complexity)
  }

  func altText(in figure: FigureStyle) -> String? {
    func probability(_ count: Int?) -> String {
      count.map { NumberText.plain(result.probability(ofCount: $0)) } ?? "–"
    }
    let found =
      "\(NumberText.grouped(result.distinct)) functions found among \(NumberText.grouped(result.samples)) networks"
    return switch axis {
    case .rankFrequency:
      "Panel \(spec.id), \(spec.title): line of P(f) against the rank of f, both logarithmic, over \(found), falling from \(probability(result.countValues.first)) to \(probability(result.countValues.last))."
    case .complexity:
      "Panel \(spec.id), \(spec.title): P(f), logarithmic, against the Lempel–Ziv complexity of f \(AltText.range(result.complexities)) bits for the \(result.functions.count) most frequent functions, with a line through the most frequent function of each complexity, over \(found)."
    }
  }

  static func tables(_ panels: [FunctionSamplePanel], statistics: [StatisticRow]) -> [(
    name: String, csv: String
  )] {
    panels.flatMap { panel -> [(name: String, csv: String)] in
      let table = FunctionSampleTable(sample: panel.result)
      return switch panel.axis {
      case .rankFrequency: [("ranks-\(panel.spec.id)", table.ranks)]
      case .complexity:
        [
          ("complexity-\(panel.spec.id)", table.complexities),
          ("functions-\(panel.spec.id)", table.functions),
        ]
      }
    }
  }

  /// Every function found, those of equal count side by side, beside Zipf's law with the norm for all 2^(2ⁿ)
  /// functions: P = 1/(r ln 2^(2ⁿ)).
  private var rankFrequency: Plot {
    let points = result.ranksByCount.flatMap { count, ranks in
      Set([ranks.lowerBound, ranks.upperBound]).sorted().map {
        LineSeries.Point(x: Double($0), y: result.probability(ofCount: count))
      }
    }
    let norm = Double(record.spec.inputCount) * log(2.0)
    let zipf = [1, Double(max(result.distinct, 2))].map { LineSeries.Point(x: $0, y: 1 / (norm * $0)) }
    return Plot(
      x: Plotting.Axis("Rank of <i>f</i>", scale: .log10),
      y: Plotting.Axis("Sampled <i>P</i>(<i>f</i>)", scale: .log10),
      layers: [
        .line(LineSeries(zipf, colour: .grey, width: 1, dash: [4, 3], name: "Zipf’s law")),
        .line(LineSeries(points, name: "sampled")),
      ],
      text: TextBox(
        [
          "\(NumberText.grouped(result.samples)) networks",
          "\(NumberText.grouped(result.distinct)) functions",
        ], place: .corner(.bottomLeft)))
  }

  /// The functions that are kept by name, and of each complexity the most frequent one among all.
  private var complexity: Plot {
    let kept = result.ranked.map { ScatterSeries.Point(x: $0.complexity, y: $0.probability) }
    let largest = result.complexityClasses.map {
      LineSeries.Point(x: $0.complexity, y: result.probability(ofCount: $0.largestCount))
    }
    return Plot(
      x: Plotting.Axis("Lempel–Ziv complexity of <i>f</i> (bits)"),
      y: Plotting.Axis("Sampled <i>P</i>(<i>f</i>)", scale: .log10),
      layers: [
        .scatter(
          ScatterSeries(
            kept, colouring: .uniform(.skyBlue), marker: Marker(diameter: 3),
            name: "the \(NumberText.grouped(kept.count)) most frequent")),
        .line(LineSeries(largest, colour: .vermillion, name: "the most frequent of each complexity")),
      ])
  }
}
