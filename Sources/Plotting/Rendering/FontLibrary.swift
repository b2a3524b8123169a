import CCairo

/// Owns a Pango context that measures and draws in points, without hinting, in one family.
///
/// The font options are set here, so that no desktop setting reaches a picture. A context keeps the transformation that it
/// last drew by: each picture has one of its own.
final class FontLibrary {
  let context: OpaquePointer
  private let map: FontMap

  /// The one font family that is used.
  var family: String { map.family }

  /// A context that has the fonts of `map`, which others may share.
  init(_ map: FontMap) throws(PlottingError) {
    guard let context = pango_font_map_create_context(map.pointer) else {
      throw .surface(status: "no text context could be made")
    }
    self.map = map
    self.context = context
    let options = cairo_font_options_create()
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    pango_cairo_context_set_font_options(context, options)
    cairo_font_options_destroy(options)
    pango_cairo_context_set_resolution(context, 72)
    pango_context_set_round_glyph_positions(context, 0)
    pango_context_set_language(context, pango_language_from_string("en"))
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR)
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(context)) }
}
