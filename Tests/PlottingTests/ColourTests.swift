import Testing

@testable import Plotting

struct ColourTests {
  @Test("viridis runs from dark violet to yellow, and stays there beyond its ends") func ends() {
    #expect(ColourMap.viridis.colour(at: 0) == Colour(hex: 0x440154))
    #expect(ColourMap.viridis.colour(at: 1) == Colour(hex: 0xFDE725))
    #expect(ColourMap.viridis.colour(at: -3) == Colour(hex: 0x440154))
    #expect(ColourMap.viridis.colour(at: 9) == Colour(hex: 0xFDE725))
  }

  @Test("viridis grows lighter all the way") func lightness() {
    // Relative luminance of sRGB (IEC 61966-2-1), which orders colours as lightness does.
    func luminance(_ colour: Colour) -> Double {
      func linear(_ c: Double) -> Double {
        // A power of 2.2 is close enough to the standard's curve to compare neighbours.
        c * c * c.squareRoot().squareRoot()
      }
      return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    }
    let steps = (0...100).map { luminance(ColourMap.viridis.colour(at: Double($0) / 100)) }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("colours of categories differ from each other") func categories() {
    for (i, a) in Colour.categories.enumerated() {
      for b in Colour.categories.dropFirst(i + 1) { #expect(a != b) }
    }
  }
}
