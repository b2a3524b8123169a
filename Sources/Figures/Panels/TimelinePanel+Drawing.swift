import Encodings
import Plotting
import Specifications

extension TimelinePanel {
  private static let colours = (left: Colour.blue, right: Colour.vermillion)

  /// The panel as it is drawn, with its inset.
  func drawn(in figure: FigureStyle) -> Panel {
    var plot = plot(result.epochs.indices, isInset: false)
    if let inset = axes.inset, let index = result.rescalingIndex {
      let centre = result.epochs[index]
      let near = result.epochs.indices.filter { abs(result.epochs[$0] - centre) <= inset }
      if near.count > 2 { plot.insets = [self.plot(near, isInset: true)] }
    }
    return Panel(letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title), plot: plot)
  }

  /// The points given, as lines on one or two axes.
  private func plot(_ points: some Sequence<Int>, isInset: Bool) -> Plot {
    func line(_ quantity: Quantity, _ colour: Colour, _ side: LineSeries.Side) -> Plot.Layer {
      let values = values(quantity)
      return .line(
        LineSeries(
          points.map { .init(x: Double(result.epochs[$0]), y: values[$0] ?? .nan) }, colour: colour, width: 1,
          side: side))
    }
    func axis(_ quantity: Quantity, _ colour: Colour) -> Axis {
      Axis(isInset ? "" : QuantityText.axisLabel(quantity, drawnLikelihood), colour: colour)
    }
    var layers = [line(axes.left, Self.colours.left, .left)]
    if let right = axes.right { layers.insert(line(right, Self.colours.right, .right), at: 0) }
    return Plot(
      x: Axis(isInset ? "" : "Epoch"), y: axis(axes.left, Self.colours.left),
      right: axes.right.map { axis($0, Self.colours.right) }, layers: layers,
      references: isInset ? rescalingLine(label: "") : landmarks)
  }

  private var landmarks: [Reference] {
    (result.zeroErrorEpoch.map { [.vertical(Double($0), label: "zero error")] } ?? [])
      + rescalingLine(label: settings.rescaling.map { rescalingLabel($0) } ?? "")
  }

  private func rescalingLabel(_ rescaling: RescalingSettings) -> String {
    "rescaled, <i>α</i> = \(NumberText.exact(rescaling.alpha)?.markup ?? "–")"
  }

  private func rescalingLine(label: String) -> [Reference] {
    result.rescalingIndex.map { [.vertical(Double(result.epochs[$0]), label: label)] } ?? []
  }
}
