/// What can go wrong in drawing a picture.
package enum PlottingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The family, or one of its faces, is not installed. Nothing is drawn with another font, since the
  /// bytes of a picture would then differ between machines.
  case missingFont(family: String, face: String, package: String)
  /// Text has characters that neither the family nor another font of the machine holds; `markup` is the
  /// text.
  case missingCharacters(family: String, markup: String)
  /// The markup is not valid Pango markup.
  case invalidMarkup(markup: String, reason: String)
  /// The picture has no area, or its width or height is not a finite number; in points.
  case invalidSize(width: Double, height: Double)
  /// The creation date is not of the form 1970-01-01T00:00:00Z.
  case invalidCreationDate(String)
  /// The bytes are no picture that can be read.
  case unreadablePicture(reason: String)
  /// The drawing library refused; `status` is its own word for it.
  case surface(status: String)

  /// What went wrong and what to do about it.
  package var description: String {
    switch self {
    case .missingFont(let family, let face, let package):
      return """
        the font “\(family)”, face \(face), was not found, and no other is taken in its place so that \
        pictures are the same on every machine: install the package \(package) \
        (Debian: apt-get install \(package))
        """
    case .missingCharacters(let family, let markup):
      return """
        neither “\(family)” nor another font of this machine has all characters of “\(markup)”: install a font \
        that has them, or write it with others
        """
    case .invalidMarkup(let markup, let reason):
      return "“\(markup)” is not valid Pango markup (\(reason)): close its tags, and write & as &amp;"
    case .invalidSize(let width, let height):
      return "a picture of \(width) × \(height) points cannot be drawn: both must be positive and finite"
    case .invalidCreationDate(let date):
      return "“\(date)” is not a date of the form 1970-01-01T00:00:00Z"
    case .unreadablePicture(let reason):
      return "the picture cannot be read as PNG: \(reason)"
    case .surface(let status):
      return "the picture could not be written: \(status)"
    }
  }
}
