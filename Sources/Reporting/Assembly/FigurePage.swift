import Plotting

/// A page of the printed report, A4: a heading, a picture as large as fits, paragraphs below it, a line at
/// the foot.
struct FigurePage: Picture {
  /// In plain text.
  var heading: String
  /// nil for a page of text alone.
  var picture: (any Picture)?
  /// In plain text.
  var paragraphs: [String]
  /// In plain text.
  var foot: String

  private static let (long, short) = (841.89, 595.28)
  private static let margin = 40.0
  private static let (headingSize, textSize, footSize) = (15.0, 9.0, 7.5)
  private static let gap = 9.0

  /// Landscape if the picture is wider than high.
  var size: PictureSize {
    if let picture, picture.size.width > 1.15 * picture.size.height {
      return PictureSize(width: Self.long, height: Self.short)
    }
    return PictureSize(width: Self.short, height: Self.long)
  }

  /// Draws the page. If text and picture do not fit together, the text is set smaller, down to 6 points; the
  /// picture keeps at least half of the height.
  func draw(on canvas: Canvas) {
    let width = size.width - 2 * Self.margin
    let title = Text(
      Text.escaped(heading), size: Self.headingSize, isBold: true, lineWidth: width)
    let titleHeight = canvas.measure(title).height
    canvas.draw(title, at: Point(Self.margin, Self.margin), anchor: Anchor(.left, .top))
    let top = Self.margin + titleHeight + 1.5 * Self.gap
    let bottom = size.height - Self.margin - 2 * Self.footSize
    var textSize = Self.textSize
    var texts: [Text] = []
    var heights: [Double] = []
    let room = picture == nil ? bottom - top : (bottom - top) / 2
    repeat {
      texts = paragraphs.map { Text(Text.escaped($0), size: textSize, lineWidth: width) }
      heights = texts.map { canvas.measure($0).height + Self.gap * textSize / Self.textSize }
      textSize -= 0.5
    } while heights.reduce(0, +) > room && textSize >= 6
    var y = top
    if let picture {
      let height = max(bottom - top - heights.reduce(0, +) - Self.gap, (bottom - top) / 2)
      let scale = min(width / picture.size.width, height / picture.size.height, 1.5)
      let x = Self.margin + (width - scale * picture.size.width) / 2
      canvas.placed(at: Point(x, y), scale: scale) { picture.draw(on: canvas) }
      y += scale * picture.size.height + Self.gap
    }
    for (text, height) in zip(texts, heights) {
      canvas.draw(text, at: Point(Self.margin, y), anchor: Anchor(.left, .top))
      y += height
    }
    canvas.draw(
      Text(Text.escaped(foot), size: Self.footSize, colour: .grey),
      at: Point(Self.margin, size.height - Self.margin), anchor: Anchor(.left, .bottom))
  }
}
