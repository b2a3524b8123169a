import Foundation
import Testing

@testable import Plotting

struct TicksTests {
  @Test(
    "known ranges get the ticks that a person would choose",
    arguments: [
      (0.0, 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 500, [0, 100, 200, 300, 400, 500]),
      (-418, -303, [-400, -380, -360, -340, -320]), (52.3, 86.9, [55, 60, 65, 70, 75, 80, 85]),
      (-3.1, -1.9, [-3, -2.8, -2.6, -2.4, -2.2, -2]), (0.0012, 0.0058, [0.002, 0.003, 0.004, 0.005]),
    ])
  func known(low: Double, high: Double, expected: [Double]) {
    #expect(Ticks.linear(low...high, target: 6).major == expected)
  }

  /// The multiples of m·10ᵏ in a range, counted one by one.
  private func count(_ mantissa: Double, _ exponent: Int, _ low: Double, _ high: Double) -> Int {
    let spacing = mantissa * pow(10, Double(exponent))
    var n = 0
    var multiple = (low / spacing).rounded(.down) - 1
    while multiple * spacing <= high + spacing * 1e-9 {
      if multiple * spacing >= low - spacing * 1e-9 { n += 1 }
      multiple += 1
    }
    return n
  }

  @Test("ticks lie inside, 1-2-5 apart, 4 to 9 of them wherever some spacing has so many")
  func properties() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<400 {
      let low =
        Double.random(in: -1...1, using: &generator) * pow(10, Double.random(in: -4...4, using: &generator))
      let width = pow(10, Double.random(in: -5...5, using: &generator))
      guard width > abs(low) * 1e-6 else { continue }
      let range = low...(low + width)
      let ticks = Ticks.linear(range)
      let slack = ticks.spacing * 1e-6
      #expect(ticks.major.allSatisfy { $0 >= range.lowerBound - slack && $0 <= range.upperBound + slack })
      #expect(ticks.minor.allSatisfy { $0 >= range.lowerBound - slack && $0 <= range.upperBound + slack })
      let mantissa = ticks.spacing / pow(10, (log10(ticks.spacing) + 1e-9).rounded(.down))
      #expect([1.0, 2, 5].contains { abs($0 - mantissa) < 1e-6 })
      for (a, b) in zip(ticks.major, ticks.major.dropFirst()) {
        #expect(abs(b - a - ticks.spacing) < slack)
      }
      let exponent = Int(log10(width).rounded(.down))
      let possible = (exponent - 3...exponent + 1).flatMap { k in
        [1.0, 2, 5].map { count($0, k, range.lowerBound, range.upperBound) }
      }
      let allowed = possible.contains { (4...9).contains($0) } ? 4...9 : 3...3
      #expect(allowed.contains(ticks.major.count), "\(range): \(ticks.major)")
    }
  }

  @Test("a logarithmic axis has powers of ten, with 2 to 9 times each between") func decades() {
    let ticks = Ticks.logarithmic(0.05...2000)
    #expect(ticks.major == [0.1, 1, 10, 100, 1000])
    #expect(ticks.minor.contains(0.05) && ticks.minor.contains(2000) && ticks.minor.contains(300))
    #expect(Ticks.logarithmic(1...50).major == [1, 2, 5, 10, 20, 50])
    // Many decades: every so many of them.
    let wide = Ticks.logarithmic(1e-30...1e10)
    #expect((4...9).contains(wide.major.count))
  }

  @Test(
    "numbers are written with a true minus sign, thin spaces and just enough decimals",
    arguments: [
      (-400.0, 20.0, "\u{2212}400"), (0.2, 0.2, "0.2"), (-0.0, 0.1, "0.0"), (20_000, 5000, "20\u{2009}000"),
      (5000, 1000, "5000"), (0.0025, 0.0005, "0.0025"), (1, 0.5, "1.0"),
      (2_000_000, 500_000, "2.0\u{2009}×\u{2009}10<sup>6</sup>"),
      (3e-6, 1e-6, "3\u{2009}×\u{2009}10<sup>\u{2212}6</sup>"),
    ])
  func labels(value: Double, spacing: Double, expected: String) {
    #expect(TickFormat.automatic.markup(value, spacing: spacing, largest: abs(value)) == expected)
  }

  @Test("the data keep 5 % of the range to both ends") func padding() throws {
    let mapping = AxisMapping(Axis("x"), values: [10, 30, .nan])
    let (low, high) = (try #require(mapping.fraction(of: 10)), try #require(mapping.fraction(of: 30)))
    // 5 % of the extent, which is 1/22 of the padded range.
    #expect(abs(low - 1.0 / 22) < 1e-12 && abs(high - 21.0 / 22) < 1e-12)
    let logarithmic = AxisMapping(Axis("x", limits: .fixed(1...100), scale: .log10), values: [])
    #expect(abs(try #require(logarithmic.fraction(of: 10)) - 0.5) < 1e-12)
    #expect(logarithmic.fraction(of: 0) == nil)
  }

  @Test(
    "a range that grew beyond the largest number has no marks there", arguments: [AxisScale.linear, .log10])
  func largest(scale: AxisScale) {
    let values = scale == .linear ? [-100.0, -60] : [0.001, 0.9]
    let most = scale == .linear ? 0.0 : 1
    func ticks(_ largest: Double?) -> Ticks {
      AxisMapping(Axis("x", scale: scale, largest: largest), values: values, extraHigh: 3).ticks(target: 6)
    }
    let (all, real) = (ticks(nil), ticks(most))
    #expect((all.major + all.minor).contains { $0 > most })
    #expect(real.major == all.major.filter { $0 <= most } && real.minor == all.minor.filter { $0 <= most })
    #expect(real.major.contains(most) && real.spacing == all.spacing)
  }

  @Test("one value, or none, still gives a range") func degenerate() {
    #expect(AxisMapping(Axis("x"), values: []).coordinates == 0...1)
    #expect(AxisMapping(Axis("x"), values: [7, 7]).fraction(of: 7) == 0.5)
    #expect(AxisMapping(Axis("x"), values: [0]).fraction(of: 0) == 0.5)
  }
}
