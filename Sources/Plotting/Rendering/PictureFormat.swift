/// A file format of pictures.
package enum PictureFormat: String, Sendable, CaseIterable {
  /// Pixels, two for each point.
  case png
  /// Scalable Vector Graphics; text as outlines.
  case svg
  /// Portable Document Format; text with its font embedded.
  case pdf
}
