import Encodings
import Figures
import Foundation

/// `points.json`: what the scatter panels show, point by point, so that two reports can be compared by it.
package struct ReportPoints: Codable, Equatable, Sendable {
  /// Where it lies in the site.
  package static let fileName = "points.json"
  /// The layout of the file; raised when a reader of the old one would go wrong.
  package static let schema = "plateau-points/1"

  /// ``ReportPoints/schema`` when the file was written.
  package private(set) var schema = ReportPoints.schema
  /// The scatter panels by figure, such as `fig3`.
  package var figures: [String: [PanelPoints]]

  /// The panels of each figure.
  package init(figures: [String: [PanelPoints]]) { self.figures = figures }

  /// The bytes of `points.json`.
  func bytes() throws -> Data { try JSONDocument.bytes(self) }
}
