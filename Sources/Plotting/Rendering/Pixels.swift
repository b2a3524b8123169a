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
