import Foundation

/// Where an axis has marks.
struct Ticks: Equatable, Sendable {
  /// The numbers that are written out.
  var major: [Double]
  /// The marks between them.
  var minor: [Double]
  /// The distance between major ticks; on a logarithmic axis, in decades.
  var spacing: Double

  /// Ticks for a linear axis: multiples of a spacing of the form {1, 2, 5}·10ᵏ inside `range`.
  ///
  /// Chooses, among the spacings with 4 (or `target`, if that is less) to 9 ticks, the one whose count is
  /// nearest to `target`, and the coarser of two as near. Some ranges have no such spacing (5.1…24.9 has 3
  /// multiples of 5 and 10 of 2): they get the widest spacing with at least 3.
  static func linear(_ range: ClosedRange<Double>, target: Int = 6) -> Ticks {
    let width = range.upperBound - range.lowerBound
    guard width > 0, width.isFinite else { return Ticks(major: [range.lowerBound], minor: [], spacing: 1) }
    let exponent = Int(log10(width).rounded(.down))
    var best: (mantissa: Int, exponent: Int, badness: Int)?
    for k in [exponent, exponent - 1, exponent - 2] {
      for mantissa in [5, 2, 1] {
        let count = multiples(mantissa, k, in: range).count
        guard count >= 3 else { continue }
        let badness = (min(target, 4)...9).contains(count) ? abs(count - target) : 100 + count
        if badness < best?.badness ?? .max { best = (mantissa, k, badness) }
      }
    }
    guard let best else {
      return Ticks(major: [range.lowerBound, range.upperBound], minor: [], spacing: width)
    }
    let major = multiples(best.mantissa, best.exponent, in: range)
    let (mantissa, drop) = best.mantissa == 1 ? (2, 1) : best.mantissa == 2 ? (5, 1) : (1, 0)
    let minor = multiples(mantissa, best.exponent - drop, in: range)
    let spacing = value(best.mantissa, best.exponent)
    return Ticks(
      major: major, minor: minor.filter { m in !major.contains { abs($0 - m) < spacing / 100 } },
      spacing: spacing)
  }

  /// Ticks for a logarithmic axis over `range` (both ends > 0): powers of ten, every so many of them that
  /// there are at most `target` + 2, with 2…9 times each between them. Over less than two decades 1, 2
  /// and 5 times a power are written out; over less than half of one, the linear ticks are.
  static func logarithmic(_ range: ClosedRange<Double>, target: Int = 6) -> Ticks {
    let (low, high) = (log10(range.lowerBound), log10(range.upperBound))
    let slack = 1e-9 * max(high - low, 1)
    guard high - low >= 0.5 else { return linear(range, target: target) }
    let exponents =
      Int(
        (low - slack).rounded(.up))...max(
        Int((low - slack).rounded(.up)), Int((high + slack).rounded(.down)))
    func inside(_ x: Double) -> Bool {
      log10(x) >= low - slack && log10(x) <= high + slack
    }
    let decades = (exponents.lowerBound - 1...exponents.upperBound).flatMap { k in
      (1...9).map { (mantissa: $0, value: value($0, k)) }
    }.filter { inside($0.value) }
    if high - low < 2 {
      let written = decades.filter { [1, 2, 5].contains($0.mantissa) }
      return Ticks(
        major: written.map(\.value),
        minor: decades.filter { ![1, 2, 5].contains($0.mantissa) }.map(\.value), spacing: 1)
    }
    var step = 1
    while exponents.count / step > target + 2 { step += step < 3 ? 1 : step == 3 ? 2 : 5 }
    let powers = exponents.map { (exponent: $0, value: value(1, $0)) }.filter { inside($0.value) }
    let major = powers.filter { $0.exponent % step == 0 }.map(\.value)
    let between = step == 1 ? decades.filter { $0.mantissa > 1 }.map(\.value) : powers.map(\.value)
    return Ticks(major: major, minor: between.filter { !major.contains($0) }, spacing: Double(step))
  }

  /// The multiples of mantissa·10ᵏ in `range`; ends count although rounding may have moved them a little.
  private static func multiples(_ mantissa: Int, _ k: Int, in range: ClosedRange<Double>) -> [Double] {
    let spacing = value(mantissa, k)
    let slack = 1e-9
    let first = (range.lowerBound / spacing - slack).rounded(.up)
    let last = (range.upperBound / spacing + slack).rounded(.down)
    guard first <= last, last - first < 1000 else { return [] }
    return stride(from: first, through: last, by: 1).map { index in
      // Dividing by a power of ten, which is exact, gives the double nearest to the decimal number.
      k < 0 ? index * Double(mantissa) / pow(10, Double(-k)) : index * spacing
    }
  }

  private static func value(_ mantissa: Int, _ k: Int) -> Double {
    k < 0 ? Double(mantissa) / pow(10, Double(-k)) : Double(mantissa) * pow(10, Double(k))
  }
}
