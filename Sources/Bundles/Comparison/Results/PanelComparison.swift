import Figures

/// The points of one scatter panel in both reports.
public struct PanelComparison: Codable, Equatable, Sendable {
  /// A point that both have, at other places.
  public struct Move: Codable, Equatable, Sendable {
    /// Which run it is.
    public var label: String
    /// Its place in the first report.
    public var from: PanelPoints.Point
    /// Its place in the second report.
    public var to: PanelPoints.Point
  }

  /// The panel's letter.
  public var panel: String
  /// The panel's title.
  public var title: String
  /// What is plotted, in plain words.
  public var quantities: String
  /// The horizontal axis in Pango markup.
  public var xLabel: String
  /// The vertical axis in Pango markup.
  public var yLabel: String
  /// The points that are where they were.
  public var unmoved: [PanelPoints.Point]
  /// The points that moved.
  public var moved: [Move]
  /// The points that only the second report has.
  public var added: [PanelPoints.Point]
  /// The points that only the first report has.
  public var removed: [PanelPoints.Point]

  /// Whether all points are where they were.
  public var isSame: Bool { moved.isEmpty && added.isEmpty && removed.isEmpty }

  /// The panel in words, such as "12 of 15 points moved, 1 added".
  public var summary: String {
    let total = unmoved.count + moved.count
    var parts = ["\(moved.count) of \(total) points moved"]
    if !added.isEmpty { parts.append("\(added.count) added") }
    if !removed.isEmpty { parts.append("\(removed.count) removed") }
    return parts.joined(separator: ", ")
  }
}
