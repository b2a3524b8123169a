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
}
