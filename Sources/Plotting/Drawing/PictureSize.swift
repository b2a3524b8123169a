/// A width and a height in points (72 per inch).
package struct PictureSize: Equatable, Sendable {
  /// In points.
  package var width: Double
  /// In points.
  package var height: Double

  /// A size in points.
  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
