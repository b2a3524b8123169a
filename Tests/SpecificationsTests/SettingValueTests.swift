import Specifications
import Testing

@Suite("Values of settings")
struct SettingValueTests {
  @Test(
    "a number is printed one way, with the fewest digits that read back as the same",
    arguments: [
      (1e-4, "0.0001"), (1e-5, "1e-5"), (5e-05, "5e-5"), (1e-10, "1e-10"), (1, "1"), (0.2470, "0.247"),
      (100_000_000, "100000000"), (0, "0"), (-2.5, "-2.5"), (0.1 + 0.2, "0.30000000000000004"),
    ])
  func numbers(value: Double, text: String) {
    #expect(SettingValue.number(value).text == text)
    #expect(SettingValue(stored: text) == .number(value))
  }

  @Test(
    "texts of one value are equal, whichever version of the program stored them",
    arguments: [
      ("1e-3", "0.001"), ("1.0", "1"), ("5e-05", "5e-5"), ("0.2470, 0.2435", "0.247, 0.2435"),
      ("0 through 500 by 50", "0 through 5e2 by 50.0"),
    ])
  func equal(one: String, other: String) {
    #expect(SettingValue(stored: one) == SettingValue(stored: other))
  }

  @Test(
    "texts of two values are not equal",
    arguments: [
      ("1e-3", "1e-4"), ("40, 40", "40"), ("40, 40", "4040"), ("0, 50", "0 through 50 by 50"),
      ("sgd", "adam"),
      ("0 through 500 by 50", "0 through 500 by 25"), ("infinity", "inf"), ("", "0"), ("1 e3", "1000"),
    ])
  func different(one: String, other: String) {
    #expect(SettingValue(stored: one) != SettingValue(stored: other))
  }

  @Test(
    "a value is read back from the text that is stored of it",
    arguments: [
      SettingValue.text("zero-error-on-train"),
      .list([.text("generalization"), .text("sharpness/mnist-fcn")]),
      .list([.number(40), .number(0.5)]), .progression(from: 0, through: 500, by: 50),
    ])
  func roundTrip(value: SettingValue) {
    #expect(SettingValue(stored: value.text) == value)
  }
}
