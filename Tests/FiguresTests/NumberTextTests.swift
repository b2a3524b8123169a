import Testing

@testable import Figures

@Suite("Numbers in print")
struct NumberTextTests {
  @Test(
    "significant digits, a real minus sign, and powers of ten beyond five digits",
    arguments: [
      (3.14159, 3, "3.14"), (-303.4, 3, "−303"), (0.00123, 3, "0.00123"), (3.14e-24, 3, "3.14 × 10⁻²⁴"),
      (-1e10, 2, "−1.0 × 10¹⁰"), (0, 3, "0"), (-0.0, 3, "0"), (99.96, 3, "100"), (0.99949, 3, "0.999"),
      (123456, 2, "120000"),
    ])
  func digits(value: Double, digits: Int, expected: String) {
    #expect(NumberText(value, digits: digits)?.plain == expected)
  }

  @Test("what is not finite has no text", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) {
    #expect(NumberText(value) == nil)
    #expect(NumberText.pValue(value) == nil)
    #expect(NumberText.exact(value) == nil)
    #expect(NumberText.plain(value) == "–")
  }

  @Test(
    "a setting is printed exactly, a p value beyond doubles as a bound, a correlation so that only ±1 reads 1"
  )
  func special() {
    #expect(NumberText.exact(1e-4)?.plain == "1 × 10⁻⁴")
    #expect(NumberText.exact(0.015625)?.plain == "0.015625")
    #expect(NumberText.pValue(0)?.plain == "< 10⁻³⁰⁰")
    #expect(NumberText.pValue(0.0123)?.plain == "0.012")
    #expect(NumberText.correlation(0.9964) == "0.996")
    #expect(NumberText.correlation(1) == "1.0")
    #expect(NumberText.correlation(-0.123) == "−0.12")
  }
}
