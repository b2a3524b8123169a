import Figures
package import ReportDocuments

/// The points of one scatter panel in both reports.
package struct PanelComparison: Codable, Equatable, Sendable {
  /// A point that both have, at other places.
  package struct Move: Codable, Equatable, Sendable {
    /// Which run it is.
    package var label: String
    /// Its place in the first report.
    package var from: PanelPoints.Point
    /// Its place in the second report.
    package var to: PanelPoints.Point
  }

  /// The panel's letter.
  package var panel: String
  /// The panel's title.
  package var title: String
  /// What is plotted, in plain words.
  package var quantities: String
  /// The horizontal axis in Pango markup.
  package var xLabel: String
  /// The vertical axis in Pango markup.
  package var yLabel: String
  /// The points that are where they were.
  package var unmoved: [PanelPoints.Point]
  /// The points that moved.
  package var moved: [Move]
  /// The points that only the second report has.
  package var added: [PanelPoints.Point]
  /// The points that only the first report has.
  package var removed: [PanelPoints.Point]

  /// Whether all points are where they were.
  package var isSame: Bool { moved.isEmpty && added.isEmpty && removed.isEmpty }

  /// The panel in words, such as "12 of 15 points moved, 1 added".
  package var summary: String {
    let total = unmoved.count + moved.count
    var parts = ["\(moved.count) of \(total) points moved"]
    if !added.isEmpty { parts.append("\(added.count) added") }
    if !removed.isEmpty { parts.append("\(removed.count) removed") }
    return parts.joined(separator: ", ")
  }
}
