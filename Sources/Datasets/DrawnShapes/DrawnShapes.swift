import DatasetDescriptions
import Encodings

/// Pictures of cars and cats, drawn by the program: the stand-in where CIFAR-10 is not there.
///
/// Each image is a function of its number alone, in whole numbers, so that every machine draws the same.
/// Size, place, colours, light and background of a shape are drawn anew for each image, and every pixel is
/// noisy: two classes that a small network can learn and that neither colour nor any single pixel gives away.
enum DrawnShapes {
  /// The number of images, half of each class.
  static let count = 2400

  /// All images. Classes are those of CIFAR-10: 1 automobile and 3 cat, in turn.
  static var dataset: ImageDataset {
    let labels = (0..<count).map { UInt8($0 % 2 == 0 ? 1 : 3) }
    return ImageDataset(
      name: .drawnShapes,
      summary: "\(DatasetName.drawnShapes.title) (\(count.grouped(by: " ")) drawn images)",
      origin: .drawn,
      train: LabelledImages(
        pixels: labels.indices.flatMap(pixels), labels: labels, height: ShapePicture.side,
        width: ShapePicture.side, channels: 3))
  }

  /// The pixels of image `number`, shape `[3, 32, 32]`.
  static func pixels(_ number: Int) -> [UInt8] {
    var random = DrawingRandom(number: number)
    var picture = ShapePicture(
      from: random.colour(), to: random.colour(), spots: (0..<4).map { _ in random.spot() })
    let colour = random.colour(unlike: picture.meanColour)
    // In eighths of a pixel: from 6 to 9 eighths of the size that the shapes are laid out in.
    let scale = 6 + random.next(4)
    let centre = (x: 128 + random.next(81) - 40, y: 128 + random.next(65) - 32)
    let pen = ShapePen(centre: centre, scale: scale, isMirrored: random.next(2) == 1)
    if number % 2 == 0 {
      drawCar(pen, colour, &picture, &random)
    } else {
      drawCat(pen, colour, &picture, &random)
    }
    return picture.pixels(noise: 24 + random.next(24), &random)
  }

  private static func drawCar(
    _ pen: ShapePen, _ colour: ShapePicture.Colour, _ picture: inout ShapePicture,
    _ random: inout DrawingRandom
  ) {
    let (length, height) = (10 + random.next(4), 3 + random.next(2))
    let roof = 4 + random.next(3)
    picture.fill(
      pen.polygon([(-roof - 3, -height), (-roof, -height - 5), (roof - 1, -height - 5), (roof + 3, -height)]),
      with: colour)
    picture.fill(
      pen.polygon([(-roof, -height), (-roof + 1, -height - 4), (roof - 2, -height - 4), (roof, -height)]),
      with: random.colour(unlike: colour))
    picture.fill(
      pen.polygon([(-length, height), (-length, -height), (length, -height + 1), (length, height)]),
      with: colour)
    let tyre = random.colour(unlike: colour)
    for x in [-length + 4, length - 4] { picture.fill(pen.ellipse((x, height), 3, 3), with: tyre) }
  }

  private static func drawCat(
    _ pen: ShapePen, _ colour: ShapePicture.Colour, _ picture: inout ShapePicture,
    _ random: inout DrawingRandom
  ) {
    let (width, height) = (6 + random.next(3), 5 + random.next(3))
    picture.fill(pen.ellipse((1, height + 5), width + 1, 6), with: colour)
    for side in [-1, 1] {
      picture.fill(
        pen.polygon([
          (side * (width - 1), -height + 3), (side * (width - 1), -height - 4), (side * 1, -height + 1),
        ]), with: colour)
    }
    picture.fill(pen.ellipse((0, 0), width, height), with: colour)
    let eye = random.colour(unlike: colour)
    for side in [-1, 1] { picture.fill(pen.ellipse((side * 3, -1), 1, 2), with: eye) }
    picture.fill(pen.polygon([(-1, 2), (1, 2), (0, 3)]), with: eye)
  }
}
