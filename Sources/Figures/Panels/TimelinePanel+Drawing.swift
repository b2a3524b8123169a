import Encodings
import Foundation
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
      Axis(
        isInset ? "" : QuantityText.axisLabel(quantity, drawnLikelihood), largest: quantity.largest,
        colour: colour)
    }
    var layers = [line(axes.left, Self.colours.left, .left)]
    if let right = axes.right { layers.insert(line(right, Self.colours.right, .right), at: 0) }
    if showsMove { layers += rescalingEnds }
    return Plot(
      x: Axis(isInset ? "" : "Epoch"), y: axis(axes.left, Self.colours.left),
      right: axes.right.map { axis($0, Self.colours.right) }, layers: layers,
      references: isInset ? rescalingLine(label: "") : landmarks,
      text: showsMove ? moveText : nil)
  }

  /// Whether the picture tells how far the rescaling moved the one quantity that the panel shows: the line alone
  /// does not, for the epochs after it move more.
  private var showsMove: Bool { axes.right == nil && axes.inset == nil && result.rescalingIndex != nil }

  /// The points right before and right after the rescaling, the latter open.
  private var rescalingEnds: [Plot.Layer] {
    guard let after = result.rescalingIndex else { return [] }
    let values = values(axes.left)
    return [(after - 1, true), (after, false)].map { index, isFilled in
      .scatter(
        ScatterSeries(
          [.init(x: Double(result.epochs[index]), y: values[index] ?? .nan)],
          colouring: .uniform(Self.colours.left), marker: Marker(isFilled: isFilled)))
    }
  }

  /// How many times the number after the rescaling is the one before.
  private var moveText: TextBox? {
    guard case .measured(let move, _, _) = rescalingMove else { return nil }
    return TextBox(["after / before = \(NumberText.plain(pow(10, move), digits: 4))"])
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
