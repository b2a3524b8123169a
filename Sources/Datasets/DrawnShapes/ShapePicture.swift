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
    for channel in 0..<3 {
      for row in 0..<Self.side {
        let value = (top.channels[channel] * (Self.side - row) + bottom.channels[channel] * row) / Self.side
        let start = (channel * Self.side + row) * Self.side
        values.replaceSubrange(
          start..<start + Self.side, with: repeatElement(value, count: Self.side))
      }
    }
    for spot in spots { add(spot) }
  }

  private mutating func add(_ spot: Spot) {
    let square = spot.radius * spot.radius
    let light = spot.light.channels
    for row in Self.lines(from: spot.y - spot.radius, to: spot.y + spot.radius) {
      let down = (8 * row + 4 - spot.y) * (8 * row + 4 - spot.y)
      for column in Self.lines(from: spot.x - spot.radius, to: spot.x + spot.radius) {
        let distance = (8 * column + 4 - spot.x) * (8 * column + 4 - spot.x) + down
        guard distance < square else { continue }
        let weight = 256 - 256 * distance / square
        for channel in 0..<3 {
          values[(channel * Self.side + row) * Self.side + column] += light[channel] * weight / 256
        }
      }
    }
  }

  /// Gives the pixels whose centres lie in `shape` its colour.
  mutating func fill(_ shape: Shape, with colour: Colour) {
    let box = shape.box
    for row in Self.lines(from: box.low.y, to: box.high.y) {
      for column in Self.lines(from: box.low.x, to: box.high.x)
      where shape.contains(Place(x: 8 * column + 4, y: 8 * row + 4)) {
        for channel in 0..<3 {
          values[(channel * Self.side + row) * Self.side + column] = colour.channels[channel]
        }
      }
    }
  }

  /// The rows or columns of the picture that places from `low` to `high` touch.
  private static func lines(from low: Int, to high: Int) -> Range<Int> {
    let first = max(0, min(side, low >> 3))
    return first..<max(first, min(side, (high >> 3) + 1))
  }

  /// The pixels with uniform noise from −`noise` to `noise`, shape `[3, 32, 32]`.
  func pixels(noise: Int, _ random: inout DrawingRandom) -> [UInt8] {
    let width = UInt64(2 * noise + 1)
    return [UInt8](unsafeUninitializedCapacity: values.count) { pixels, count in
      var bits: UInt64 = 0
      while count < values.count {
        // One number serves four pixels: 2⁻¹⁶ is their bias, which shows in none.
        if count & 3 == 0 { bits = random.next() }
        let value = values[count] + Int((bits & 0xffff) * width >> 16) - noise
        pixels.initializeElement(at: count, to: UInt8(truncatingIfNeeded: max(0, min(255, value))))
        bits >>= 16
        count += 1
      }
    }
  }
}

extension ShapePicture.Shape {
  /// The places between which the shape lies.
  var box: (low: ShapePicture.Place, high: ShapePicture.Place) {
    switch self {
    case .ellipse(let centre, let halfWidth, let halfHeight):
      return (
        ShapePicture.Place(x: centre.x - halfWidth, y: centre.y - halfHeight),
        ShapePicture.Place(x: centre.x + halfWidth, y: centre.y + halfHeight)
      )
    case .polygon(let corners):
      let (across, down) = (corners.map(\.x), corners.map(\.y))
      return (
        ShapePicture.Place(x: across.min() ?? 0, y: down.min() ?? 0),
        ShapePicture.Place(x: across.max() ?? 0, y: down.max() ?? 0)
      )
    }
  }

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
