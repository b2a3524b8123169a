import Encodings
import Foundation
import Plotting
import RunStorage
import Specifications

/// A sample of functions as a whole: P(f) against the rank of f, or against its complexity.
struct FunctionSamplePanel {
  let spec: PanelSpec
  let record: FunctionSampleRecord

  var result: FunctionSampleResult { record.result }

  /// The panel as it is drawn.
  var drawn: Panel {
    Panel(
      letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title),
      plot: spec.kind == .rankFrequency ? rankFrequency : complexity)
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
      x: Axis("Rank of <i>f</i>", scale: .log10), y: Axis("Sampled <i>P</i>(<i>f</i>)", scale: .log10),
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
      x: Axis("Lempel–Ziv complexity of <i>f</i> (bits)"),
      y: Axis("Sampled <i>P</i>(<i>f</i>)", scale: .log10),
      layers: [
        .scatter(
          ScatterSeries(
            kept, colouring: .uniform(.skyBlue), marker: Marker(diameter: 3),
            name: "the \(NumberText.grouped(kept.count)) most frequent")),
        .line(LineSeries(largest, colour: .vermillion, name: "the most frequent of each complexity")),
      ])
  }
}
