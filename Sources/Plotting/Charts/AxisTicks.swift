/// The ticks of an axis of a known length, chosen so that the numbers beside them do not touch.
struct AxisTicks {
  let ticks: Ticks
  let labels: [Text]
  let extents: [TextExtents]

  /// - Parameters:
  ///   - length: of the axis, in points.
  ///   - isHorizontal: whether numbers stand side by side; otherwise one above the other.
  ///   - numberSize: of the numbers, in points.
  init(
    _ mapping: AxisMapping, length: Double, isHorizontal: Bool, numberSize: Double = ChartStyle.tickSize,
    canvas: Canvas
  ) {
    let ideal = isHorizontal ? min(max(Int(length / 36), 4), 8) : min(max(Int(length / 26), 4), 7)
    var result = Self.measured(mapping, target: ideal, numberSize: numberSize, canvas: canvas)
    var target = ideal
    // All names of categories are needed.
    while mapping.axis.categories.isEmpty, target > 2,
      Self.touch(result, mapping: mapping, length: length, isHorizontal: isHorizontal)
    {
      target -= 1
      result = Self.measured(mapping, target: target, numberSize: numberSize, canvas: canvas)
    }
    (ticks, labels, extents) = result
  }

  var widestLabel: Double { extents.map(\.width).max() ?? 0 }
  var highestLabel: Double { extents.map(\.height).max() ?? 0 }

  private typealias Measured = (ticks: Ticks, labels: [Text], extents: [TextExtents])

  private static func measured(
    _ mapping: AxisMapping, target: Int, numberSize: Double, canvas: Canvas
  ) -> Measured {
    let ticks = mapping.ticks(target: target)
    let labels = ticks.major.map { tick in
      Text(
        mapping.markup(tick, in: ticks), size: numberSize, colour: mapping.axis.colour ?? .black)
    }
    return (ticks, labels, labels.map(canvas.measure))
  }

  private static func touch(
    _ measured: Measured, mapping: AxisMapping, length: Double, isHorizontal: Bool
  ) -> Bool {
    let ends = zip(measured.ticks.major, measured.extents).map { tick, extents in
      let centre = (mapping.fraction(of: tick) ?? 0) * length
      let half = isHorizontal ? extents.width / 2 + 2.5 : extents.height / 2
      return (low: centre - half, high: centre + half)
    }
    return zip(ends, ends.dropFirst()).contains { $0.high > $1.low }
  }
}
