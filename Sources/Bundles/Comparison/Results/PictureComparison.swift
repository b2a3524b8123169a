/// A figure's picture in both reports.
package struct PictureComparison: Codable, Equatable, Sendable {
  /// The picture's file, such as `figures/fig3.png`.
  package var file: String
  /// The share of pixels that are not the same, in 0…1; nil where only one report has the picture.
  package var changedShare: Double?
  /// How they stand to each other.
  package var comparison: ComparisonClass
  /// Whether this makes the reports differ.
  package var isDifference: Bool
}
