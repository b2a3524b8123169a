/// One figure's picture in the three formats that the report offers.
public struct PictureFiles: Sendable, Equatable {
  /// PNG at twice the size below.
  public var png: [UInt8]
  /// SVG, the one that the page shows.
  public var svg: [UInt8]
  /// PDF, for print.
  public var pdf: [UInt8]
  /// The width in CSS pixels, written into the page so that nothing moves while it loads.
  public var width: Int
  /// The height in CSS pixels.
  public var height: Int

  /// All parts, in their order.
  public init(png: [UInt8], svg: [UInt8], pdf: [UInt8], width: Int, height: Int) {
    self.png = png
    self.svg = svg
    self.pdf = pdf
    self.width = width
    self.height = height
  }
}
