import Foundation

/// Turns pictures into files: PNG with two pixels per point, SVG, PDF.
///
/// The bytes depend on the picture, the creation date, the id prefix and the installed versions of Cairo,
/// Pango and the font alone: not on what was drawn before, the clock, the locale or desktop settings.
///
/// Pictures are drawn one at a time, whichever thread asks: fontconfig and older Pango versions share state
/// between contexts without a lock. The pixels of one are compressed while others are drawn.
package struct PictureRenderer: Sendable, Equatable {
  /// The date that a PDF carries, `YYYY-MM-DDThh:mm:ssZ`.
  package let creationDate: String
  /// What the ids in an SVG begin with; two SVGs in one HTML page need different ones.
  package let identifierPrefix: String
  /// The one font family that is used.
  let fontFamily: String

  private static let drawing = NSLock()
  /// The fonts that are open, by family, for whoever draws.
  nonisolated(unsafe) private static var fontMaps: [String: FontMap] = [:]

  /// A renderer whose PDFs carry `creationDate` (UTC, ISO 8601).
  package init(creationDate: String = "1970-01-01T00:00:00Z", identifierPrefix: String = "p") {
    self.init(creationDate: creationDate, identifierPrefix: identifierPrefix, fontFamily: "DejaVu Sans")
  }

  init(creationDate: String, identifierPrefix: String, fontFamily: String) {
    self.creationDate = creationDate
    self.identifierPrefix = identifierPrefix
    self.fontFamily = fontFamily
  }

  /// The file that holds `picture`.
  ///
  /// - Throws: ``PlottingError`` when the font is not installed, a text cannot be set in it, the size or
  ///   the date is not valid, or Cairo fails.
  package func render(_ picture: some Picture, as format: PictureFormat) throws(PlottingError) -> [UInt8] {
    switch format {
    case .png: return try surface(of: picture).encoded()
    case .pdf: return try vectors(of: picture, as: format)
    case .svg:
      return SVGIdentifiers.renumbered(try vectors(of: picture, as: format), prefix: identifierPrefix)
    }
  }

  /// A PDF of several pages, each of its picture's own size, with an outline of their titles.
  ///
  /// - Throws: as ``render(_:as:)``.
  package func book(_ pages: [(title: String, picture: any Picture)]) throws(PlottingError) -> [UInt8] {
    precondition(!pages.isEmpty, "expected at least one page, got none")
    Self.drawing.lock()
    defer { Self.drawing.unlock() }
    let fonts = try Self.fonts(of: fontFamily)
    guard Self.isDate(creationDate) else { throw .invalidCreationDate(creationDate) }
    let surface = try Surface(size: pages[0].picture.size, format: .pdf, creationDate: creationDate)
    for (index, page) in pages.enumerated() {
      try surface.beginPage(
        size: page.picture.size, title: page.title, isFirst: index == 0, number: index + 1)
      let canvas = try Canvas(surface: surface, fonts: fonts, textAsOutlines: false)
      page.picture.draw(on: canvas)
      try canvas.finish()
    }
    return try surface.encoded()
  }

  /// The fonts that set each of `texts`, beside the one family: those of which its characters are taken that the family
  /// lacks.
  ///
  /// - Throws: ``PlottingError/missingCharacters(family:markup:)`` where no font has one of them, or as
  ///   ``render(_:as:)``.
  package func otherFonts(for texts: [Text]) throws(PlottingError) -> [Set<String>] {
    Self.drawing.lock()
    defer { Self.drawing.unlock() }
    let fonts = try Self.fonts(of: fontFamily)
    var families: [Set<String>] = []
    for text in texts {
      families.append(try TextLayout(text, fonts: fonts).families.subtracting([fontFamily]))
    }
    return families
  }

  /// The pixels that the PNG holds.
  func pixels(of picture: some Picture) throws(PlottingError) -> Pixels { try surface(of: picture).pixels() }

  /// The drawn pixels, which no text has a part in any more.
  private func surface(of picture: some Picture) throws(PlottingError) -> Surface {
    Self.drawing.lock()
    defer { Self.drawing.unlock() }
    return try drawn(picture, as: .png)
  }

  /// The file of an SVG or PDF, into which Cairo writes the letters at its end.
  private func vectors(of picture: some Picture, as format: PictureFormat) throws(PlottingError) -> [UInt8] {
    Self.drawing.lock()
    defer { Self.drawing.unlock() }
    return try drawn(picture, as: format).encoded()
  }

  private static func fonts(of family: String) throws(PlottingError) -> FontLibrary {
    if let map = fontMaps[family] { return try FontLibrary(map) }
    let map = try FontMap(family: family)
    fontMaps[family] = map
    return try FontLibrary(map)
  }

  private func drawn(_ picture: some Picture, as format: PictureFormat) throws(PlottingError) -> Surface {
    let size = picture.size
    guard size.width > 0, size.height > 0, size.width.isFinite, size.height.isFinite else {
      throw .invalidSize(width: size.width, height: size.height)
    }
    // Cairo answers a date that it cannot read by writing the wall clock.
    guard Self.isDate(creationDate) else { throw .invalidCreationDate(creationDate) }
    let fonts = try Self.fonts(of: fontFamily)
    let surface = try Surface(size: size, format: format, creationDate: creationDate)
    // Cairo 1.16 puts glyph images at whole pixels, which spoils the spacing of small letters; outlines
    // go where they belong.
    let canvas = try Canvas(surface: surface, fonts: fonts, textAsOutlines: format == .png)
    picture.draw(on: canvas)
    try canvas.finish()
    return surface
  }

  private static func isDate(_ text: String) -> Bool {
    let pattern = Array("0000-00-00T00:00:00Z".utf8)
    let bytes = Array(text.utf8)
    return bytes.count == pattern.count
      && zip(bytes, pattern).allSatisfy { byte, expected in
        expected == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == expected
      }
  }
}
