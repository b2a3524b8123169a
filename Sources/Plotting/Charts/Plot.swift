/// What a panel shows: axes and what is drawn between them.
package struct Plot: Equatable, Sendable {
  /// One thing drawn over the one before.
  package enum Layer: Equatable, Sendable {
    /// Points.
    case scatter(ScatterSeries)
    /// A line.
    case line(LineSeries)
    /// Moves from place to place, on the left axis.
    case arrows(ArrowSeries)
  }

  /// Where the names of the layers stand.
  package enum LegendPlace: Sendable {
    /// In the corner with the least beneath.
    case inside
    /// On the right of the frame; not beside a right axis.
    case beside
  }

  /// The horizontal axis.
  package var x: Axis
  /// The vertical axis on the left.
  package var y: Axis
  /// A second vertical axis on the right, for lines that ask for it.
  package var right: Axis?
  /// Points and lines, the lowest first.
  package var layers: [Layer]
  /// Marked numbers.
  package var references: [Reference]
  /// A text in a corner.
  package var text: TextBox?
  /// Smaller plots inside this one, such as a part of it enlarged; each at the freest place. They have no
  /// labels, texts or insets of their own.
  package var insets: [Plot]
  /// Where the names of the layers stand.
  package var legend: LegendPlace

  /// A plot of `layers`, the lowest first.
  package init(
    x: Axis, y: Axis, right: Axis? = nil, layers: [Layer], references: [Reference] = [], text: TextBox? = nil,
    insets: [Plot] = [], legend: LegendPlace = .inside
  ) {
    precondition(right == nil || legend == .inside, "expected no right axis where the legend stands")
    self.x = x
    self.y = y
    self.right = right
    self.layers = layers
    self.references = references
    self.text = text
    self.insets = insets
    self.legend = legend
  }

  var hasLegend: Bool { layers.contains { $0.name != nil } }

  /// The points that are not drawn because a number is NaN or infinite, or has no logarithm.
  var unplaceableCount: Int {
    layers.reduce(0) { total, layer in
      switch layer {
      case .scatter(let series):
        return total
          + series.points.count { !$0.isFinite || !isPlaceable($0.x, on: x) || !isPlaceable($0.y, on: y) }
      case .line(let series):
        let vertical = series.side == .left ? y : right ?? y
        return total + series.points.count { !isPlaceable($0.x, on: x) || !isPlaceable($0.y, on: vertical) }
      case .arrows(let series):
        return total
          + series.moves.count { $0.ends.contains { !isPlaceable($0.x, on: x) || !isPlaceable($0.y, on: y) } }
      }
    }
  }

  private func isPlaceable(_ value: Double, on axis: Axis) -> Bool {
    value.isFinite && axis.scale.coordinate(of: value).isFinite
  }
}

extension Plot.Layer {
  var name: String? {
    switch self {
    case .scatter(let series): series.name
    case .line(let series): series.name
    case .arrows(let series): series.name
    }
  }
}

/// A thin dashed line across a panel that marks one number.
package enum Reference: Equatable, Sendable {
  /// At one x, such as the epoch of zero error; `label` in markup.
  case vertical(Double, label: String)
  /// At one y of the left axis; `label` in markup.
  case horizontal(Double, label: String)
}
