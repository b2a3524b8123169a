/// Something that can be drawn in any ``PictureFormat``.
package protocol Picture: Sendable {
  /// The size in points.
  var size: PictureSize { get }
  /// Draws the picture on a white canvas of that size. The canvas keeps the first error, and
  /// ``PictureRenderer`` throws it.
  func draw(on canvas: Canvas)
}

/// A width and a height in points (72 per inch).
package struct PictureSize: Equatable, Sendable {
  /// The width in points.
  package var width: Double
  /// The height in points.
  package var height: Double

  /// A size in points.
  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// A file format of pictures.
package enum PictureFormat: String, Sendable, CaseIterable {
  /// Pixels, two for each point.
  case png
  /// Scalable Vector Graphics; text as outlines.
  case svg
  /// Portable Document Format; text with its font embedded.
  case pdf
}
