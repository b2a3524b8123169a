/// A colour in sRGB with an opacity; components from 0 to 1.
package struct Colour: Equatable, Sendable {
  /// Red, 0…1.
  package var red: Double
  /// Green, 0…1.
  package var green: Double
  /// Blue, 0…1.
  package var blue: Double
  /// Opacity, 0 (invisible) to 1.
  package var opacity: Double

  /// A colour by its components, each 0…1.
  package init(red: Double, green: Double, blue: Double, opacity: Double = 1) {
    self.red = red
    self.green = green
    self.blue = blue
    self.opacity = opacity
  }

  /// A colour from its usual six hexadecimal digits, such as `0x0072B2`.
  package init(hex: UInt32) {
    self.init(
      red: Double(hex >> 16 & 0xFF) / 255, green: Double(hex >> 8 & 0xFF) / 255,
      blue: Double(hex & 0xFF) / 255)
  }

  /// The same colour with another opacity.
  package func withOpacity(_ opacity: Double) -> Colour {
    var result = self
    result.opacity = opacity
    return result
  }

  /// The straight line from this colour to `other` in sRGB, at `fraction` (0…1) of the way.
  package func mixed(with other: Colour, fraction: Double) -> Colour {
    func between(_ a: Double, _ b: Double) -> Double { a + (b - a) * fraction }
    return Colour(
      red: between(red, other.red), green: between(green, other.green), blue: between(blue, other.blue),
      opacity: between(opacity, other.opacity))
  }

  /// Black.
  package static let black = Colour(hex: 0x000000)
  /// White.
  package static let white = Colour(hex: 0xFFFFFF)
  /// The grey of secondary text and reference lines (7:1 on white).
  package static let grey = Colour(hex: 0x595959)
}

/// The eight colours of Okabe & Ito (2008), "Color Universal Design", told apart by readers with any
/// common colour-vision deficiency.
extension Colour {
  /// Orange.
  package static let orange = Colour(hex: 0xE69F00)
  /// Sky blue.
  package static let skyBlue = Colour(hex: 0x56B4E9)
  /// Bluish green.
  package static let bluishGreen = Colour(hex: 0x009E73)
  /// Yellow; too light for thin lines on white.
  package static let yellow = Colour(hex: 0xF0E442)
  /// Blue.
  package static let blue = Colour(hex: 0x0072B2)
  /// Vermillion.
  package static let vermillion = Colour(hex: 0xD55E00)
  /// Reddish purple.
  package static let reddishPurple = Colour(hex: 0xCC79A7)

  /// The order in which categories take their colours: those that contrast most come first.
  package static let categories: [Colour] = [
    .blue, .vermillion, .bluishGreen, .reddishPurple, .orange, .skyBlue, .yellow, .black,
  ]
  /// Those that thin lines on white show, in the same order.
  package static let lineCategories = categories.filter { $0 != .yellow }
}
