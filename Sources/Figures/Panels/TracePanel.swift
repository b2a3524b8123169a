import Encodings
import Planning
import Plotting
import RunStorage
import Specifications

/// The running maximum of the loss on S against the step of the ascent, for one run.
struct TracePanel: DrawnPanel {
  let spec: PanelSpec
  let settings: SharpnessSettings
  let result: SharpnessResult
  /// The largest losses that other searches find in the same box.
  let others: [(search: String, loss: Double)]

  /// The largest loss so far, in nats: at the centre (step 0), then after each step.
  var trace: [Double] { result.trace ?? [] }

  /// The first step after which the maximum grew by less than one part in a thousand of its whole rise.
  var settledStep: Int? {
    guard let first = trace.first, let last = trace.last, last > first else { return nil }
    return trace.firstIndex { last - $0 <= 1e-3 * (last - first) }
  }

  /// ``others``, those that one line cannot tell apart as one.
  private var drawnOthers: [(search: String, loss: Double)] {
    let losses = others.map(\.loss)
    guard let low = losses.min(), let high = losses.max(), let centre = trace.first else { return [] }
    return high - low > 0.03 * (high - centre)
      ? others : [(others.map(\.search).joined(separator: ", "), high)]
  }

  func drawn(in figure: FigureStyle) -> Panel {
    let points = trace.enumerated().map { LineSeries.Point(x: Double($0.offset), y: $0.element) }
    let zeta = "<i>ζ</i> = \(NumberText.exact(settings.box)?.markup ?? "–")"
    let sharpness =
      result.sharpness.map { "sharpness = \(NumberText.markup($0))" } ?? "sharpness not measured"
    return Panel(
      letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title),
      plot: Plot(
        x: Axis("Step of the ascent"), y: Axis("Largest loss on <i>S</i> so far (nats)"),
        layers: [.line(LineSeries(points))],
        references: (result.loss.map { [.horizontal($0, label: "loss at the centre")] } ?? [])
          + drawnOthers.map { .horizontal($0.loss, label: $0.search) },
        text: TextBox([zeta, sharpness], place: .corner(.bottomRight))))
  }

  func altText(in figure: FigureStyle) -> String? {
    let ends = [trace.first, trace.last].compactMap { $0 }.map { NumberText.plain($0, digits: 4) }
    let settled = settledStep.map { ", settled by step \($0)" } ?? ""
    return
      "\(spec.title): line of the largest loss on S found so far against the step of the ascent, rising from \(ends.joined(separator: " to ")) nats over \(trace.count - 1) steps\(settled)."
  }

  static func tables(_ panels: [TracePanel], statistics: [StatisticRow]) -> [(name: String, csv: String)] {
    panels.map { ("trace-\($0.spec.id)", $0.csv) }
  }

  var csv: String {
    CSVTable(
      header: ["ascent_step", "largest_loss_so_far_nats"],
      rows: trace.enumerated().map { ["\($0.offset)", "\($0.element)"] }
    ).text
  }
}

extension TracePanel {
  /// The trace that `group` asks for, with the maximum of L-BFGS-B where it asks for that too; nil where
  /// `record` has no trace.
  init?(_ spec: PanelSpec, group: RunGroup, record: RunRecord) {
    let measured = group.measurements.compactMap { measurement in
      if case .network(.sharpness(let settings, let isTrace), .atZeroError) = measurement,
        case .sharpness(let result) = record.results.measurements[measurement.identity]
      {
        (settings: settings, isTrace: isTrace, result: result)
      } else {
        nil
      }
    }
    guard let trace = measured.first(where: { $0.isTrace }) else { return nil }
    let searches: [(SharpnessSettings.Method, String)] = [(.quasiNewton, "L-BFGS-B"), (.corners, "corners")]
    let others = searches.compactMap { method, name -> (search: String, loss: Double)? in
      let other = measured.first { $0.settings.method == method && $0.settings.row == trace.settings.row }
      return other?.result.maximumLoss.map { (name, $0) }
    }
    self.init(spec: spec, settings: trace.settings, result: trace.result, others: others)
  }
}
