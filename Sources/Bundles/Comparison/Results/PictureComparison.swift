/// A figure's picture in both reports.
public struct PictureComparison: Codable, Equatable, Sendable {
  /// The picture's file, such as `figures/fig3.png`.
  public var file: String
  /// The share of pixels that are not the same, in 0…1; nil where only one report has the picture.
  public var changedShare: Double?
  /// How they stand to each other.
  public var comparison: ComparisonClass
  /// Whether this makes the reports differ.
  public var isDifference: Bool
}
