import Encodings
import Testing

@Suite("Groups of digits")
struct DigitGroupsTests {
  @Test(
    "stand in threes from the right, whatever the sign",
    arguments: [
      (0, "0"), (999, "999"), (1000, "1 000"), (-999, "-999"), (-12_345, "-12 345"),
      (100_000_000, "100 000 000"), (Int.min, "-9 223 372 036 854 775 808"),
    ])
  func groups(number: Int, expected: String) { #expect(number.grouped(by: " ") == expected) }
}
