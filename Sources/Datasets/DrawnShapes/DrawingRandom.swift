/// The random numbers of one drawn image: SplitMix64 (Steele, Lea & Flood, OOPSLA 2014) from the image's
/// number.
struct DrawingRandom {
  private var state: UInt64

  /// The numbers of image `number`; those of other images are far away in the generator's period.
  init(number: Int) { state = (UInt64(number) + 1) &* 0xD1B5_4A32_D192_ED03 }

  /// A whole number from 0 to `bound` − 1. Its bias, bound/2⁶⁴, shows in no image.
  mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// 64 random bits.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// Any colour.
  mutating func colour() -> ShapePicture.Colour { .init(next(256), next(256), next(256)) }

  /// A colour that can be told from `other`: the best of six.
  mutating func colour(unlike other: ShapePicture.Colour) -> ShapePicture.Colour {
    (0..<6).map { _ in colour() }.max { $0.distance(to: other) < $1.distance(to: other) } ?? other
  }

  /// A soft spot of light or shade somewhere.
  mutating func spot() -> ShapePicture.Spot {
    ShapePicture.Spot(
      x: next(256), y: next(256), radius: 40 + next(80),
      light: ShapePicture.Colour(next(121) - 60, next(121) - 60, next(121) - 60))
  }
}
