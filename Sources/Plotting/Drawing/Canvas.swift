import CCairo

/// What a ``Picture`` draws on: lengths in points, the origin in the upper left corner.
///
/// Owns a Cairo context. It keeps the first thing that goes wrong and draws no text after it, so that
/// pictures need not handle errors; ``PictureRenderer`` throws it in the end.
package final class Canvas {
  private let context: OpaquePointer
  private let fonts: FontLibrary
  private let textAsOutlines: Bool
  private(set) var failure: PlottingError?

  /// The middle of the capitals above the baseline, as a part of the font size (DejaVu Sans: 1493/2048).
  private static let halfCapitalHeight = 0.3645

  init(surface: Surface, fonts: FontLibrary, textAsOutlines: Bool) throws(PlottingError) {
    guard let context = cairo_create(surface.pointer) else { throw .surface(status: "no context") }
    self.context = context
    self.fonts = fonts
    self.textAsOutlines = textAsOutlines
    cairo_scale(context, surface.scale, surface.scale)
    setColour(.white)
    cairo_paint(context)
  }

  deinit { cairo_destroy(context) }

  /// Fills the inside of `path`.
  package func fill(_ path: Path, with colour: Colour) {
    trace(path)
    setColour(colour)
    cairo_fill(context)
  }

  /// Fills `rectangle` with colours that run smoothly from its lower edge (the first of `colours`) to its
  /// upper edge (the last).
  package func fill(_ rectangle: Rectangle, withGradient colours: [Colour]) {
    let gradient = cairo_pattern_create_linear(0, rectangle.maxY, 0, rectangle.minY)
    for (index, colour) in colours.enumerated() {
      let offset = Double(index) / Double(max(colours.count - 1, 1))
      cairo_pattern_add_color_stop_rgba(
        gradient, offset, colour.red, colour.green, colour.blue, colour.opacity)
    }
    trace(Path(rectangle))
    cairo_set_source(context, gradient)
    cairo_pattern_destroy(gradient)
    cairo_fill(context)
  }

  /// Draws a line along `path`.
  package func stroke(_ path: Path, with stroke: Stroke) {
    trace(path)
    setColour(stroke.colour)
    cairo_set_line_width(context, stroke.width)
    cairo_set_line_cap(context, stroke.isRound ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT)
    cairo_set_line_join(context, stroke.isRound ? CAIRO_LINE_JOIN_ROUND : CAIRO_LINE_JOIN_MITER)
    cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
    cairo_stroke(context)
  }

  /// Draws what `body` draws, but only inside `rectangle`.
  package func clipped(to rectangle: Rectangle, _ body: () -> Void) {
    cairo_save(context)
    trace(Path(rectangle))
    cairo_clip(context)
    body()
    cairo_restore(context)
  }

  /// Draws what `body` draws, its origin at `origin` and its lengths times `scale`.
  package func placed(at origin: Point, scale: Double, _ body: () -> Void) {
    cairo_save(context)
    cairo_translate(context, origin.x, origin.y)
    cairo_scale(context, scale, scale)
    body()
    cairo_restore(context)
  }

  /// The extents of `text`; zero when it cannot be laid out, which the canvas keeps as its failure.
  package func measure(_ text: Text) -> TextExtents {
    layout(text)?.extents
      ?? TextExtents(
        width: 0, height: 0, baseline: 0, lineCount: 0, ink: Rectangle(x: 0, y: 0, width: 0, height: 0),
        inset: 0)
  }

  /// Draws `text` with its `anchor` at `point`, turned by `angle` radians about it (clockwise).
  package func draw(_ text: Text, at point: Point, anchor: Anchor, angle: Double = 0) {
    guard let layout = layout(text) else { return }
    let extents = layout.extents
    let x =
      switch anchor.horizontal {
      case .left: 0.0
      case .centre: -extents.width / 2
      case .right: -extents.width
      }
    let y =
      switch anchor.vertical {
      case .top: 0.0
      case .middle:
        extents.lineCount > 1
          ? -extents.height / 2 : Self.halfCapitalHeight * text.size - extents.baseline
      case .baseline: -extents.baseline
      case .bottom: -extents.height
      }
    cairo_save(context)
    cairo_translate(context, point.x, point.y)
    cairo_rotate(context, angle)
    cairo_move_to(context, x - extents.inset, y)
    setColour(text.colour)
    pango_cairo_update_layout(context, layout.layout)
    if textAsOutlines {
      pango_cairo_layout_path(context, layout.layout)
      cairo_fill(context)
    } else {
      pango_cairo_show_layout(context, layout.layout)
    }
    cairo_restore(context)
    cairo_new_path(context)
  }

  /// Ends drawing and throws what went wrong, if anything.
  func finish() throws(PlottingError) {
    if let failure { throw failure }
    let status = cairo_status(context)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .surface(status: String(cString: cairo_status_to_string(status)))
    }
  }

  private func layout(_ text: Text) -> TextLayout? {
    guard failure == nil else { return nil }
    do {
      return try TextLayout(text, fonts: fonts)
    } catch {
      failure = error
      return nil
    }
  }

  private func setColour(_ colour: Colour) {
    cairo_set_source_rgba(context, colour.red, colour.green, colour.blue, colour.opacity)
  }

  private func trace(_ path: Path) {
    cairo_new_path(context)
    for element in path.elements {
      switch element {
      case .move(let p): cairo_move_to(context, p.x, p.y)
      case .line(let p): cairo_line_to(context, p.x, p.y)
      case .curve(let a, let b, let p): cairo_curve_to(context, a.x, a.y, b.x, b.y, p.x, p.y)
      case .close: cairo_close_path(context)
      }
    }
  }
}
