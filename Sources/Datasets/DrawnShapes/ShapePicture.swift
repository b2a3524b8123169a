/// A picture of 32 × 32 pixels in the making, in whole numbers throughout; places are in eighths of a pixel.
struct ShapePicture {
  static let side = 32

  /// Red, green and blue; a pixel's are 0…255, a spot's may be negative.
  struct Colour: Equatable {
    var channels: [Int]

    init(_ red: Int, _ green: Int, _ blue: Int) { channels = [red, green, blue] }

    /// The sum of the channels' differences.
    func distance(to other: Colour) -> Int {
      zip(channels, other.channels).reduce(0) { $0 + abs($1.0 - $1.1) }
    }
  }

  /// A place in the picture.
  struct Place: Equatable {
    var x: Int
    var y: Int
  }

  /// What can be filled.
  enum Shape {
    /// A convex polygon.
    case polygon([Place])
    case ellipse(Place, halfWidth: Int, halfHeight: Int)
  }

  /// Light that fades from its centre to its radius.
  struct Spot {
    var x: Int
    var y: Int
    var radius: Int
    var light: Colour
  }

  /// One channel after the other, row after row.
  private var values = [Int](repeating: 0, count: 3 * side * side)
  /// The colour halfway down the background.
  let meanColour: Colour

  /// A background that goes from one colour at the top to another at the bottom, with spots on it.
  init(from top: Colour, to bottom: Colour, spots: [Spot]) {
    meanColour = Colour(
      (top.channels[0] + bottom.channels[0]) / 2, (top.channels[1] + bottom.channels[1]) / 2,
      (top.channels[2] + bottom.channels[2]) / 2)
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let (x, y) = (8 * column + 4, 8 * row + 4)
        let lights = spots.map { spot -> (light: Colour, weight: Int) in
          let square = (x - spot.x) * (x - spot.x) + (y - spot.y) * (y - spot.y)
          return (spot.light, max(0, 256 - 256 * square / (spot.radius * spot.radius)))
        }
        for channel in 0..<3 {
          var value =
            (top.channels[channel] * (Self.side - row) + bottom.channels[channel] * row) / Self.side
          for (light, weight) in lights { value += light.channels[channel] * weight / 256 }
          values[(channel * Self.side + row) * Self.side + column] = value
        }
      }
    }
  }

  /// Gives the pixels whose centres lie in `shape` its colour.
  mutating func fill(_ shape: Shape, with colour: Colour) {
    for row in 0..<Self.side {
      for column in 0..<Self.side where shape.contains(Place(x: 8 * column + 4, y: 8 * row + 4)) {
        for channel in 0..<3 {
          values[(channel * Self.side + row) * Self.side + column] = colour.channels[channel]
        }
      }
    }
  }

  /// The pixels with uniform noise from −`noise` to `noise`, shape `[3, 32, 32]`.
  func pixels(noise: Int, _ random: inout DrawingRandom) -> [UInt8] {
    values.map { UInt8(max(0, min(255, $0 + random.next(2 * noise + 1) - noise))) }
  }
}

extension ShapePicture.Shape {
  /// Whether a place lies inside or on the edge.
  func contains(_ place: ShapePicture.Place) -> Bool {
    switch self {
    case .ellipse(let centre, let halfWidth, let halfHeight):
      let across = (place.x - centre.x) * halfHeight
      let down = (place.y - centre.y) * halfWidth
      return across * across + down * down <= halfWidth * halfWidth * halfHeight * halfHeight
    case .polygon(let corners):
      var (isLeft, isRight) = (true, true)
      for (index, corner) in corners.enumerated() {
        let next = corners[(index + 1) % corners.count]
        let turn =
          (next.x - corner.x) * (place.y - corner.y) - (next.y - corner.y) * (place.x - corner.x)
        isLeft = isLeft && turn >= 0
        isRight = isRight && turn <= 0
      }
      return isLeft || isRight
    }
  }
}
