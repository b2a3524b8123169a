import CCairo

/// Owns a Cairo surface and the bytes it writes.
final class Surface {
  let pointer: OpaquePointer
  /// Units of the surface per point.
  let scale: Double
  private let format: PictureFormat
  private let sink = ByteSink()

  /// Pixels per point of a PNG.
  static let pixelsPerPoint = 2.0

  init(size: PictureSize, format: PictureFormat, creationDate: String) throws(PlottingError) {
    self.format = format
    let made: OpaquePointer?
    switch format {
    case .png:
      scale = Self.pixelsPerPoint
      let width = Int32(exactly: (size.width * scale).rounded(.up))
      let height = Int32(exactly: (size.height * scale).rounded(.up))
      guard let width, let height else { throw .invalidSize(width: size.width, height: size.height) }
      made = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)
    case .svg:
      scale = 1
      made = cairo_svg_surface_create_for_stream(ByteSink.write, sink.closure, size.width, size.height)
    case .pdf:
      scale = 1
      made = cairo_pdf_surface_create_for_stream(ByteSink.write, sink.closure, size.width, size.height)
      // From PDF 1.5 on Cairo 1.18 packs dates, titles and pages into compressed streams, and 1.16 does not.
      cairo_pdf_surface_restrict_to_version(made, CAIRO_PDF_VERSION_1_4)
      // Without a date Cairo writes the current time.
      cairo_pdf_surface_set_metadata(made, CAIRO_PDF_METADATA_CREATE_DATE, creationDate)
    }
    guard let made else { throw .surface(status: "no surface could be made") }
    pointer = made
    try check(cairo_surface_status(made))
  }

  deinit {
    // A canvas may hold the surface longer than this object does: what the surface has still to write is
    // written now, as long as there is a sink.
    cairo_surface_finish(pointer)
    cairo_surface_destroy(pointer)
  }

  /// Ends a page of a PDF and begins one of the given size; `title` is its entry in the outline.
  func beginPage(size: PictureSize, title: String, isFirst: Bool, number: Int) throws(PlottingError) {
    precondition(format == .pdf, "expected pages in a PDF, got \(format.rawValue)")
    if !isFirst { cairo_surface_show_page(pointer) }
    cairo_pdf_surface_set_size(pointer, size.width, size.height)
    cairo_pdf_surface_add_outline(
      pointer, CAIRO_PDF_OUTLINE_ROOT, title, "page=\(number)", cairo_pdf_outline_flags_t(0))
    try check(cairo_surface_status(pointer))
  }

  /// The finished file.
  func encoded() throws(PlottingError) -> [UInt8] {
    switch format {
    case .png: try check(cairo_surface_write_to_png_stream(pointer, ByteSink.write, sink.closure))
    case .svg, .pdf:
      cairo_surface_finish(pointer)
      try check(cairo_surface_status(pointer))
    }
    return sink.bytes
  }

  /// The pixels of a PNG surface, row by row from the top, as 0xRRGGBB.
  func pixels() -> Pixels {
    cairo_surface_flush(pointer)
    let width = Int(cairo_image_surface_get_width(pointer))
    let height = Int(cairo_image_surface_get_height(pointer))
    let stride = Int(cairo_image_surface_get_stride(pointer))
    guard let data = cairo_image_surface_get_data(pointer) else {
      return Pixels(width: 0, height: 0, values: [])
    }
    return Pixels(data, width: width, height: height, bytesPerRow: stride)
  }

  private func check(_ status: cairo_status_t) throws(PlottingError) {
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .surface(status: String(cString: cairo_status_to_string(status)))
    }
  }
}
