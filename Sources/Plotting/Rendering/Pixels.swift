import CCairo

/// The pixels of a picture, row by row from the top, each 0xRRGGBB.
package struct Pixels: Equatable, Sendable {
  /// Pixels in a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Row by row, `width · height` of them.
  package let values: [UInt32]

  /// A picture of `width · height` pixels.
  package init(width: Int, height: Int, values: [UInt32]) {
    precondition(
      values.count == width * height, "expected \(width) × \(height) pixels, got \(values.count)")
    self.width = width
    self.height = height
    self.values = values
  }

  /// The pixel in a column and a row; nil outside the picture.
  subscript(column column: Int, row row: Int) -> UInt32? {
    column < width && row < height ? values[row * width + column] : nil
  }
}

extension Pixels {
  /// The largest picture that is read: more than any figure has, and 1 GB of memory at most.
  private static let largestCount = 1 << 27

  /// Reads a PNG, its transparent parts on white.
  ///
  /// - Throws: ``PlottingError/unreadablePicture(reason:)`` where the bytes are no whole PNG.
  package init(png: [UInt8]) throws(PlottingError) {
    // The size stands at a fixed place; it is looked at before anything is allocated for it.
    guard png.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), png.count > 24 else {
      throw .unreadablePicture(reason: "it does not begin as a PNG does")
    }
    func number(at offset: Int) -> Int { png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    let (wide, high) = (number(at: 16), number(at: 20))
    guard wide > 0, high > 0, wide <= Self.largestCount / high else {
      throw .unreadablePicture(reason: "it says that it has \(wide) × \(high) pixels")
    }
    let source = ByteSource(png)
    let surface = cairo_image_surface_create_from_png_stream(ByteSource.read, source.closure)
    defer { cairo_surface_destroy(surface) }
    let status = cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS, let surface else {
      throw .unreadablePicture(reason: String(cString: cairo_status_to_string(status)))
    }
    let flat = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(wide), Int32(high))
    defer { cairo_surface_destroy(flat) }
    let context = cairo_create(flat)
    defer { cairo_destroy(context) }
    cairo_set_source_rgb(context, 1, 1, 1)
    cairo_paint(context)
    cairo_set_source_surface(context, surface, 0, 0)
    cairo_paint(context)
    cairo_surface_flush(flat)
    guard cairo_status(context) == CAIRO_STATUS_SUCCESS, let data = cairo_image_surface_get_data(flat) else {
      throw .unreadablePicture(reason: String(cString: cairo_status_to_string(cairo_status(context))))
    }
    self.init(
      data, width: wide, height: high, bytesPerRow: Int(cairo_image_surface_get_stride(flat)))
  }

  /// The pixels of a surface in Cairo's format RGB24.
  init(_ data: UnsafePointer<UInt8>, width: Int, height: Int, bytesPerRow: Int) {
    let raw = UnsafeRawPointer(data)
    var values: [UInt32] = []
    values.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width {
        values.append(raw.load(fromByteOffset: row * bytesPerRow + 4 * column, as: UInt32.self) & 0xFFFFFF)
      }
    }
    self.init(width: width, height: height, values: values)
  }

  /// The picture as a PNG.
  ///
  /// - Throws: ``PlottingError`` where Cairo fails.
  package func png() throws(PlottingError) -> [UInt8] {
    guard let wide = Int32(exactly: width), let high = Int32(exactly: height), wide > 0, high > 0,
      let surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, wide, high)
    else { throw .invalidSize(width: Double(width), height: Double(height)) }
    defer { cairo_surface_destroy(surface) }
    guard let data = cairo_image_surface_get_data(surface) else {
      throw .surface(status: String(cString: cairo_status_to_string(cairo_surface_status(surface))))
    }
    let bytesPerRow = Int(cairo_image_surface_get_stride(surface))
    let raw = UnsafeMutableRawPointer(data)
    for row in 0..<height {
      for column in 0..<width {
        raw.storeBytes(
          of: values[row * width + column], toByteOffset: row * bytesPerRow + 4 * column, as: UInt32.self)
      }
    }
    cairo_surface_mark_dirty(surface)
    let sink = ByteSink()
    let status = cairo_surface_write_to_png_stream(surface, ByteSink.write, sink.closure)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .surface(status: String(cString: cairo_status_to_string(status)))
    }
    return sink.bytes
  }
}

/// Hands bytes to a Cairo reader.
final class ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The callback for Cairo, whose closure is an unretained `ByteSource`.
  static let read: cairo_read_func_t = { closure, data, count in
    guard let closure, let data else { return CAIRO_STATUS_READ_ERROR }
    let source = Unmanaged<ByteSource>.fromOpaque(closure).takeUnretainedValue()
    let end = source.position + Int(count)
    guard end <= source.bytes.count else { return CAIRO_STATUS_READ_ERROR }
    source.bytes[source.position..<end].withUnsafeBufferPointer { piece in
      if let start = piece.baseAddress { data.update(from: start, count: piece.count) }
    }
    source.position = end
    return CAIRO_STATUS_SUCCESS
  }

  var closure: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }
}
