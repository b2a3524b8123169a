import Encodings
import Plotting
import Specifications

extension ForestPanel {
  /// The height of one group's row within a band, and of what is not bands, in points.
  private static let (rowHeight, surroundings) = (5.6, 66.0)
  /// The part of a band that its rows take.
  private static let filling = 0.84

  /// The size of the whole panel, in points: every group has its row in every band.
  var size: PictureSize {
    PictureSize(
      width: 720,
      height: Self.surroundings + Self.rowHeight / Self.filling * Double(bands.count * max(groups.count, 3)))
  }

  /// Bands from the top, and in each the groups from the top, with the smallest lower end of the band as a
  /// line across it. What is unmeasured is absent; a note says so.
  func drawn(in figure: FigureStyle) -> Panel {
    let heights = bands.indices.map { Double(bands.count - 1 - $0) }
    let series = groups.enumerated().map { index, group in
      let offset = Self.filling * (0.5 - (Double(index) + 0.5) / Double(groups.count))
      let points = zip(bands, heights).compactMap { band, height -> ScatterSeries.Point? in
        guard
          case .measured(let value, let interval, _) = figure.statistics.estimate(identifier(band, group))
        else { return nil }
        return ScatterSeries.Point(x: value, y: height + offset, xInterval: interval)
      }
      let (colours, shapes) = (Colour.lineCategories, Marker.Shape.allCases)
      return Plot.Layer.scatter(
        ScatterSeries(
          points, colouring: .uniform(colours[index % colours.count]),
          marker: Marker(shapes[index % shapes.count], diameter: 4.4), name: Text.escaped(group.title)))
    }
    let ends = zip(bands, heights).compactMap { band, height -> [LineSeries.Point]? in
      let half = Self.filling / 2
      return figure.statistics.estimate(identifier(smallestLowerEndOf: band))?.value.map { end in
        [.init(x: end, y: height - half), .init(x: end, y: height + half)]
      }
    }
    let lines = ends.enumerated().map { index, line in
      // One entry of the legend stands for all.
      Plot.Layer.line(
        LineSeries(line, colour: .black, width: 1.1, name: index == 0 ? "smallest lower end" : nil))
    }
    return Panel(
      letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title),
      plot: Plot(
        x: Axis(
          "Spearman <i>ρ</i> with \(Text.escaped(y.words.replacing(" (%)", with: "")))",
          limits: .fixed(-1.04...1.04)),
        y: Axis(categories: bands.reversed().map { QuantityText.axisLabel($0.quantity, $0.likelihood) }),
        layers: series + lines, references: [.vertical(0, label: "")], legend: .beside))
  }
}
