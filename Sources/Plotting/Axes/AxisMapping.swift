/// An axis with its range settled: where each number lies between the two ends of the frame.
struct AxisMapping: Equatable, Sendable {
  let axis: Axis
  /// The ends, in the scale's own coordinate (x or log10 x).
  let coordinates: ClosedRange<Double>

  /// The part of the data's extent left free on each side.
  static let padding = 0.05
  /// Coordinates beyond this have no place, so that no difference of two of them is infinite.
  private static let largest = 1e300
  /// Extents below this are none, so that no part of one is rounded to zero.
  private static let smallest = 1e-290

  /// Settles the range: fixed limits as they are; otherwise the extent of `values`, padded by 5 %, and
  /// widened by the given parts of itself at its two ends.
  init(_ axis: Axis, values: [Double], extraLow: Double = 0, extraHigh: Double = 0) {
    self.axis = axis
    if case .fixed(let range) = axis.limits {
      let low = axis.scale.coordinate(of: range.lowerBound)
      let high = axis.scale.coordinate(of: range.upperBound)
      precondition(
        low.isFinite && high.isFinite && low < high,
        "expected an axis range of finite numbers with some width, positive if logarithmic, got \(range)")
      coordinates = low...high
      return
    }
    let finite = values.map(axis.scale.coordinate).filter { abs($0) <= Self.largest }
    guard var low = finite.min(), var high = finite.max() else {
      coordinates = 0...1
      return
    }
    if high - low <= max(1e-12 * max(abs(low), abs(high)), Self.smallest) {
      let half = abs(low) <= Self.smallest || axis.scale == .log10 ? 0.5 : 0.1 * abs(low)
      (low, high) = (low - half, high + half)
    }
    let width = (high - low) * (1 + 2 * Self.padding)
    let room = (high - low) * Self.padding
    coordinates = (low - room - extraLow * width)...(high + room + extraHigh * width)
  }

  var isAutomatic: Bool { axis.limits == .automatic }

  /// 0 at the low end, 1 at the high end; nil for a number that has no place on this scale.
  func fraction(of value: Double) -> Double? {
    let coordinate = axis.scale.coordinate(of: value)
    guard abs(coordinate) <= Self.largest else { return nil }
    let fraction = (coordinate - coordinates.lowerBound) / (coordinates.upperBound - coordinates.lowerBound)
    return fraction.isFinite ? fraction : nil
  }

  func ticks(target: Int) -> Ticks {
    if !axis.categories.isEmpty {
      return Ticks(major: axis.categories.indices.map(Double.init), minor: [], spacing: 1)
    }
    var ticks: Ticks
    switch axis.scale {
    case .linear: ticks = .linear(coordinates, target: target)
    case .log10:
      let low = axis.scale.value(at: coordinates.lowerBound)
      let high = axis.scale.value(at: coordinates.upperBound)
      ticks = .logarithmic(low...high, target: target)
    }
    if let largest = axis.largest {
      ticks.major.removeAll { $0 > largest }
      ticks.minor.removeAll { $0 > largest }
    }
    return ticks
  }

  /// The number, or the name, at a major tick, in markup.
  func markup(_ tick: Double, in ticks: Ticks) -> String {
    if !axis.categories.isEmpty { return axis.categories[Int(tick)] }
    if axis.scale == .log10, axis.tickFormat == .automatic {
      let decade = axis.scale.coordinate(of: tick)
      if coordinates.upperBound - coordinates.lowerBound >= 2 {
        return "10<sup>\(TickFormat.fixed(decade, decimals: 0))</sup>"
      }
      let decimals = max(0, -Int((decade + 1e-9).rounded(.down)))
      return decimals > 3 || tick >= 1e5
        ? TickFormat.scientific(tick) : TickFormat.fixed(tick, decimals: decimals)
    }
    let largest = ticks.major.map(abs).max() ?? 0
    return axis.tickFormat.markup(tick, spacing: ticks.spacing, largest: largest)
  }
}
