/// One vertical range for panels that show the same quantity of the same runs, for comparison by eye; where wanted,
/// one horizontal range as well.
///
/// A panel alone may stretch its range until its text covers no point; here the stretch is found for all
/// panels at once, below or above, whichever needs less.
struct SharedRange {
  /// A point's place in its panel, each part from 0 to 1: across, and up.
  private typealias Place = (x: Double, y: Double)

  /// The part of a frame that the text of a panel takes, with clearance: 3 lines in a panel of the standard
  /// size.
  static let textWidth = 0.91
  static let textHeight = 0.29
  /// That of a note below it.
  static let noteHeight = 0.07
  /// The part of the data's extent left free at each end, as on an axis of its own.
  static let padding = 0.05

  /// The panels that share a range; each with the points that it draws.
  let panels: [[(x: Double, y: Double)]]
  /// Whether the horizontal range is one for all panels, too.
  var sharesHorizontal = false
  /// Whether a note on points that are not among these stands below a panel's text.
  var hasNote = false

  /// From the left end of all axes to the right one; nil where each panel has its own, or without two different
  /// values.
  var horizontalLimits: ClosedRange<Double>? {
    let values = panels.joined().map(\.x)
    guard sharesHorizontal, let left = values.min(), let right = values.max(), left < right else {
      return nil
    }
    let room = Self.padding * (right - left)
    return left - room...right + room
  }

  /// From the lower end of all axes to the upper one; nil without two different values.
  var limits: ClosedRange<Double>? {
    let values = panels.joined().map(\.y)
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    let room = Self.padding * (high - low)
    let (bottom, top) = (low - room, high + room)
    let shared = sharesHorizontal ? panels.joined().map(\.x) : nil
    let places = panels.map { points -> [Place] in
      let across = shared ?? points.map(\.x)
      guard let left = across.min(), let right = across.max(), left < right else {
        return points.map { (0.5, ($0.y - bottom) / (top - bottom)) }
      }
      let free = Self.padding * (right - left)
      return points.map {
        (($0.x - left + free) / (right - left + 2 * free), ($0.y - bottom) / (top - bottom))
      }
    }
    let below = places.map(stretch).max() ?? 0
    let above = places.map { panel in stretch(panel.map { (x: $0.x, y: 1 - $0.y) }) }.max() ?? 0
    return below <= above
      ? bottom - below * (top - bottom)...top : bottom...top + above * (top - bottom)
  }

  /// By which part of itself the range has to grow downwards until a text fits in one of the two lower
  /// corners: (y + e)/(1 + e) is at least the text's height for every point over the text.
  private func stretch(_ places: [Place]) -> Double {
    let height = Self.textHeight + (hasNote ? Self.noteHeight : 0)
    let corners = [
      places.filter { $0.x <= Self.textWidth }.map(\.y),
      places.filter { $0.x >= 1 - Self.textWidth }.map(\.y),
    ]
    return corners.map { covered in
      covered.min().map { max(0, (height - $0) / (1 - height)) } ?? 0
    }.min() ?? 0
  }
}
