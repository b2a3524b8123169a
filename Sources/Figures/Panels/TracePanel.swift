import Encodings
import Plotting
import Specifications

/// The running maximum of the loss on S against the step of the ascent, for one run.
struct TracePanel {
  let spec: PanelSpec
  let settings: SharpnessSettings
  let result: SharpnessResult
  /// The largest loss that L-BFGS-B finds in the same box, in nats; nil where it was not measured.
  let quasiNewtonMaximum: Double?

  /// The largest loss so far, in nats: at the centre (step 0), then after each step.
  var trace: [Double] { result.trace ?? [] }

  /// The first step after which the maximum grew by less than one part in a thousand of its whole rise.
  var settledStep: Int? {
    guard let first = trace.first, let last = trace.last, last > first else { return nil }
    return trace.firstIndex { last - $0 <= 1e-3 * (last - first) }
  }

  var drawn: Panel {
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
          + (quasiNewtonMaximum.map { [.horizontal($0, label: "L-BFGS-B")] } ?? []),
        text: TextBox([zeta, sharpness], place: .corner(.bottomRight))))
  }

  var csv: String {
    CSVTable(
      header: ["ascent_step", "largest_loss_so_far_nats"],
      rows: trace.enumerated().map { ["\($0.offset)", "\($0.element)"] }
    ).text
  }
}
