package import Plotting

/// One figure's picture in the three formats that a report offers.
package struct FigurePictures: Sendable, Equatable {
  /// At twice the size below.
  package let png: [UInt8]
  /// The SVG file.
  package let svg: [UInt8]
  /// The PDF file.
  package let pdf: [UInt8]
  /// The size in CSS pixels.
  package let width: Int
  /// The height in CSS pixels.
  package let height: Int

  /// Pictures that are rendered already.
  package init(png: [UInt8], svg: [UInt8], pdf: [UInt8], width: Int, height: Int) {
    self.png = png
    self.svg = svg
    self.pdf = pdf
    self.width = width
    self.height = height
  }

  /// Renders `picture`, one format after another.
  ///
  /// - Parameters:
  ///   - id: the figure's file name, from which the SVG's identifiers are made.
  ///   - creationDate: ISO 8601, written into the PDF.
  /// - Throws: `PlottingError`, for example when the font is not installed.
  package init(_ picture: any Picture, id: String, creationDate: String) throws {
    let renderer = PictureRenderer(creationDate: creationDate, identifierPrefix: id)
    self.init(
      png: try renderer.render(picture, as: .png), svg: try renderer.render(picture, as: .svg),
      pdf: try renderer.render(picture, as: .pdf), width: Int(picture.size.width.rounded()),
      height: Int(picture.size.height.rounded()))
  }
}
