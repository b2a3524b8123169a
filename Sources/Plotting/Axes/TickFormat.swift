import Foundation

/// How a number is written beside a tick: a true minus sign (U+2212) and thin spaces between thousands
/// from 10 000 on, whatever the locale.
public enum TickFormat: Equatable, Sendable {
  /// As many decimals as the distance between ticks asks for; powers of ten when numbers reach 10⁶ or
  /// ticks are closer than 10⁻⁴.
  case automatic
  /// This many decimals.
  case decimals(Int)
  /// Always a power of ten, such as 2 × 10⁻³.
  case powersOfTen

  /// `value` in markup; `spacing` is the distance to the next tick and `largest` the greatest absolute
  /// value among the ticks.
  func markup(_ value: Double, spacing: Double, largest: Double) -> String {
    switch self {
    case .decimals(let digits): return Self.fixed(value, decimals: digits)
    case .powersOfTen: return Self.scientific(value)
    case .automatic:
      if largest >= 999_999.5 || spacing < 0.999e-4 { return Self.scientific(value) }
      return Self.fixed(value, decimals: Self.decimals(forSpacing: spacing))
    }
  }

  /// The decimals needed to tell apart multiples of `spacing` (of the form {1, 2, 5}·10ᵏ).
  static func decimals(forSpacing spacing: Double) -> Int {
    guard spacing > 0, spacing.isFinite else { return 0 }
    return max(0, -Int((log10(spacing) + 1e-9).rounded(.down)))
  }

  static func fixed(_ value: Double, decimals: Int) -> String {
    let factor = pow(10, Double(decimals))
    let scaled = (abs(value) * factor).rounded()
    guard scaled < 9e15 else { return scientific(value) }
    var digits = String(Int(scaled))
    if digits.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits
    }
    let whole = digits.dropLast(decimals)
    let sign = value < 0 && scaled > 0 ? "\u{2212}" : ""
    return sign + grouped(whole) + (decimals > 0 ? "." + digits.suffix(decimals) : "")
  }

  private static func grouped(_ whole: Substring) -> String {
    guard whole.count > 4 else { return String(whole) }
    var result = ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { result += "\u{2009}" }
      result.append(digit)
    }
    return result
  }

  static func scientific(_ value: Double) -> String {
    guard value != 0 else { return "0" }
    var exponent = log10(abs(value)).rounded(.down)
    var mantissa = (abs(value) / pow(10, exponent) * 100).rounded() / 100
    if mantissa >= 10 {
      mantissa /= 10
      exponent += 1
    }
    let sign = value < 0 ? "\u{2212}" : ""
    let power = "10<sup>\(fixed(exponent, decimals: 0))</sup>"
    guard mantissa != 1 else { return sign + power }
    let decimals = mantissa == mantissa.rounded() ? 0 : (mantissa * 10 == (mantissa * 10).rounded() ? 1 : 2)
    return sign + fixed(mantissa, decimals: decimals) + "\u{2009}×\u{2009}" + power
  }
}
