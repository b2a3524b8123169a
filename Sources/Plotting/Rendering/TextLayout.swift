import CCairo
import Foundation

/// Owns a Pango layout: one text, broken into lines and measured.
final class TextLayout {
  let layout: OpaquePointer
  let extents: TextExtents

  /// Lays out `text` with the fonts of `fonts`.
  ///
  /// - Throws: ``PlottingError/invalidMarkup(markup:reason:)`` or
  ///   ``PlottingError/missingCharacters(family:markup:)``.
  init(_ text: Text, fonts: FontLibrary) throws(PlottingError) {
    var attributes: OpaquePointer?
    var plain: UnsafeMutablePointer<CChar>?
    var error: UnsafeMutablePointer<GError>?
    guard
      pango_parse_markup(
        ScriptMarkup.expanded(text.markup, size: text.size), -1, 0, &attributes, &plain, nil, &error) != 0
    else {
      let reason = error?.pointee.message.map { String(cString: $0) } ?? "unknown"
      g_clear_error(&error)
      throw .invalidMarkup(markup: text.markup, reason: reason)
    }
    defer {
      pango_attr_list_unref(attributes)
      g_free(plain)
    }
    for kind in [PANGO_ATTR_FOREGROUND, PANGO_ATTR_BACKGROUND] where Self.contains(kind, attributes) {
      throw .invalidMarkup(
        markup: text.markup, reason: "it sets a colour, which only the text as a whole has")
    }
    guard let layout = pango_layout_new(fonts.context) else {
      throw .surface(status: "no text layout could be made")
    }
    self.layout = layout
    let description = pango_font_description_new()
    pango_font_description_set_family(description, fonts.family)
    pango_font_description_set_absolute_size(description, text.size * Self.unitsPerPoint)
    pango_font_description_set_weight(description, text.isBold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL)
    pango_layout_set_font_description(layout, description)
    pango_font_description_free(description)
    pango_layout_set_text(layout, plain, -1)
    // Without fallback, a character that the family lacks is counted as unknown. Only a text that has one may
    // take it from whichever other font the machine has.
    pango_attr_list_insert(attributes, pango_attr_fallback_new(0))
    pango_layout_set_attributes(layout, attributes)
    if pango_layout_get_unknown_glyphs_count(layout) > 0 {
      pango_attr_list_change(attributes, pango_attr_fallback_new(1))
      pango_layout_set_attributes(layout, attributes)
    }
    pango_layout_set_alignment(layout, Self.alignment(text.alignment))
    if let width = text.lineWidth {
      pango_layout_set_width(layout, Int32((width * Self.unitsPerPoint).rounded()))
      pango_layout_set_wrap(layout, PANGO_WRAP_WORD)
    }
    extents = Self.measure(layout)
    if pango_layout_get_unknown_glyphs_count(layout) > 0 {
      throw .missingCharacters(family: fonts.family, markup: text.markup)
    }
  }

  deinit { g_object_unref(UnsafeMutableRawPointer(layout)) }

  /// The font families of its glyphs.
  var families: Set<String> {
    var families: Set<String> = []
    guard let iterator = pango_layout_get_iter(layout) else { return families }
    defer { pango_layout_iter_free(iterator) }
    repeat {
      guard let run = pango_layout_iter_get_run_readonly(iterator),
        let description = pango_font_describe(run.pointee.item.pointee.analysis.font)
      else { continue }
      families.insert(String(cString: pango_font_description_get_family(description)))
      pango_font_description_free(description)
    } while pango_layout_iter_next_run(iterator) != 0
    return families
  }

  /// `PANGO_SCALE`, a macro that Swift does not see as a Double.
  private static let unitsPerPoint = 1024.0

  private static func contains(_ kind: PangoAttrType, _ attributes: OpaquePointer?) -> Bool {
    let all = pango_attr_list_get_attributes(attributes)
    defer {
      g_slist_free_full(all) { pango_attribute_destroy($0?.assumingMemoryBound(to: PangoAttribute.self)) }
    }
    var node = all
    while let current = node {
      if let attribute = current.pointee.data?.assumingMemoryBound(to: PangoAttribute.self),
        attribute.pointee.klass.pointee.type == kind
      {
        return true
      }
      node = current.pointee.next
    }
    return false
  }

  private static func alignment(_ alignment: Anchor.Horizontal) -> PangoAlignment {
    switch alignment {
    case .left: PANGO_ALIGN_LEFT
    case .centre: PANGO_ALIGN_CENTER
    case .right: PANGO_ALIGN_RIGHT
    }
  }

  private static func measure(_ layout: OpaquePointer) -> TextExtents {
    var ink = PangoRectangle()
    var logical = PangoRectangle()
    pango_layout_get_extents(layout, &ink, &logical)
    func points(_ units: Int32) -> Double { Double(units) / unitsPerPoint }
    return TextExtents(
      width: points(logical.width), height: points(logical.height),
      baseline: points(pango_layout_get_baseline(layout)),
      lineCount: Int(pango_layout_get_line_count(layout)),
      ink: Rectangle(
        x: points(ink.x - logical.x), y: points(ink.y - logical.y), width: points(ink.width),
        height: points(ink.height)),
      inset: points(logical.x))
  }
}

/// Writes `<sub>` and `<sup>` out as a size and a rise of their own.
///
/// Pango takes both from the font's tables, and Pango 1.50 makes scripts larger than the text around them
/// when glyph positions are not rounded to pixels.
enum ScriptMarkup {
  /// The size of the script's letters, as a part of the size of the text.
  static let scale = 0.7
  /// How far a superscript's baseline is lifted, and a subscript's lowered, in the same unit.
  static let rise = (superscript: 0.36, subscript: 0.17)

  static func expanded(_ markup: String, size: Double) -> String {
    func span(_ rise: Double) -> String {
      let units = size * 1024
      return "<span size=\"\(Int((scale * units).rounded()))\" rise=\"\(Int((rise * units).rounded()))\">"
    }
    return
      markup
      .replacingOccurrences(of: "<sub>", with: span(-rise.subscript))
      .replacingOccurrences(of: "<sup>", with: span(rise.superscript))
      .replacingOccurrences(of: "</sub>", with: "</span>")
      .replacingOccurrences(of: "</sup>", with: "</span>")
  }
}
