import Plotting

/// One figure's picture in the three formats that a report offers.
public struct FigurePictures: Sendable, Equatable {
  /// At twice the size below.
  public let png: [UInt8]
  public let svg: [UInt8]
  public let pdf: [UInt8]
  /// The size in CSS pixels.
  public let width: Int
  public let height: Int

  /// Renders `picture`, one format after another.
  ///
  /// - Parameters:
  ///   - id: the figure's file name, from which the SVG's identifiers are made.
  ///   - creationDate: ISO 8601, written into the PDF.
  /// - Throws: `PlottingError`, for example when the font is not installed.
  public init(_ picture: any Picture, id: String, creationDate: String) throws {
    let renderer = PictureRenderer(creationDate: creationDate, identifierPrefix: id)
    png = try renderer.render(picture, as: .png)
    svg = try renderer.render(picture, as: .svg)
    pdf = try renderer.render(picture, as: .pdf)
    width = Int(picture.size.width.rounded())
    height = Int(picture.size.height.rounded())
  }
}
