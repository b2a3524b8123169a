/// A width and a height in points (72 per inch).
public struct PictureSize: Equatable, Sendable {
  /// In points.
  public var width: Double
  /// In points.
  public var height: Double

  /// A size in points.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
