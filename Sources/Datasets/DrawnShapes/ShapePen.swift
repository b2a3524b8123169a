/// Where and how large a shape is drawn: points of its layout, in pixels from its centre, to places in the
/// picture, in eighths of a pixel.
struct ShapePen {
  /// The shape's centre in the picture.
  let centre: (x: Int, y: Int)
  /// Eighths of a pixel for each pixel of the layout.
  let scale: Int
  /// Whether left and right change places.
  let isMirrored: Bool

  /// The convex polygon with these corners.
  func polygon(_ corners: [(Int, Int)]) -> ShapePicture.Shape { .polygon(corners.map(place)) }

  /// The ellipse about `centre` with these half axes.
  func ellipse(_ centre: (Int, Int), _ halfWidth: Int, _ halfHeight: Int) -> ShapePicture.Shape {
    .ellipse(place(centre), halfWidth: halfWidth * scale, halfHeight: halfHeight * scale)
  }

  private func place(_ point: (Int, Int)) -> ShapePicture.Place {
    ShapePicture.Place(
      x: centre.x + (isMirrored ? -1 : 1) * point.0 * scale, y: centre.y + point.1 * scale)
  }
}
