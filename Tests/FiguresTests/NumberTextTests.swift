import Encodings
import Testing

@testable import Figures

@Suite("Numbers as text")
struct NumberTextTests {
  @Test(
    "three significant digits, a true minus, and powers of ten where zeros would be counted",
    arguments: [
      (0.9621, "0.962"), (-303.44, "−303"), (1, "1.00"), (0, "0"), (0.001234, "0.00123"), (99.95, "100"),
      (123456, "123000"), (1_234_567, "1.23 × 10⁶"), (-0.0001234, "−1.23 × 10⁻⁴"), (0.9999, "1.00"),
      (3.14159e-24, "3.14 × 10⁻²⁴"),
    ])
  func significant(value: Double, text: String) {
    #expect(NumberText(value)?.plain == text)
  }

  @Test("a number that is not finite has no text", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    #expect(NumberText(value) == nil)
    #expect(NumberText.pValue(value) == nil)
    #expect(NumberText.exact(value) == nil)
  }

  @Test(
    "p values have two digits, and a bound below what a double holds",
    arguments: [
      (0.0123, "0.012"), (0.5, "0.50"), (3.14e-24, "3.1 × 10⁻²⁴"), (0, "< 10⁻³⁰⁰"),
      (Double(sign: .plus, exponent: -1030, significand: 1), "< 10⁻³⁰⁰"),
    ])
  func pValues(value: Double, text: String) {
    #expect(NumberText.pValue(value)?.plain == text)
  }

  @Test(
    "settings keep every digit and no more",
    arguments: [
      (1e-4, "10⁻⁴"), (5e-5, "5 × 10⁻⁵"), (0.001, "0.001"), (32, "32"), (1, "1"), (100, "100"), (0.1, "0.1"),
      (0.03125, "0.03125"),
    ])
  func exact(value: Double, text: String) {
    #expect(NumberText.exact(value)?.plain == text)
  }

  @Test("a correlation shows so many digits that only ±1 reads as 1")
  func correlations() {
    #expect(NumberText.correlation(0.9964) == "0.996")
    #expect(NumberText.correlation(1) == "1.00")
    #expect(NumberText.correlation(-0.123) == "−0.12")
    // No digit that was rounded away, and the sign of what two decimals would round to 0.
    #expect(NumberText.correlation(0.0281) == "0.03")
    #expect(NumberText.correlation(-0.004) == "−0.004")
    #expect(NumberText.correlation(0) == "0.00")
    #expect(NumberText.plain(.nan) == "–")
  }

  @Test("counts are written in full, in groups of three")
  func grouped() {
    #expect(NumberText.grouped(0) == "0")
    #expect(NumberText.grouped(999) == "999")
    #expect(NumberText.grouped(1000) == "1\u{202F}000")
    #expect(NumberText.grouped(100_000_000) == "100\u{202F}000\u{202F}000")
    #expect(NumberText.grouped(-12_345) == "-12\u{202F}345")
  }
}
