/// Something that can be drawn in any ``PictureFormat``.
package protocol Picture: Sendable {
  /// The size in points.
  var size: PictureSize { get }
  /// Draws the picture on a white canvas of that size. What goes wrong is kept by the canvas and
  /// thrown by ``PictureRenderer``.
  func draw(on canvas: Canvas)
}
