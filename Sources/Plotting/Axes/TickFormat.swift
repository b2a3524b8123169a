import Encodings
import Foundation

/// How a number is written beside a tick: a true minus sign (U+2212) and thin spaces between thousands
/// from 10 000 on, whatever the locale.
package enum TickFormat: Equatable, Sendable {
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
      if largest >= 999_999.5 || spacing < 0.999e-4 { return Self.scientific(value, spacing: spacing) }
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
    let grouped = whole.count > 4 ? whole.grouped(by: "\u{2009}") : String(whole)
    return sign + grouped + (decimals > 0 ? "." + digits.suffix(decimals) : "")
  }

  /// A power of ten with a mantissa of as many decimals as multiples of `spacing` need, up to 6.
  static func scientific(_ value: Double, spacing: Double? = nil) -> String {
    guard value != 0 else { return "0" }
    // The slack keeps 10³ from becoming 9.99 × 10² by rounding.
    let exponent = (log10(abs(value)) + 1e-9).rounded(.down)
    let mantissa = abs(value) / pow(10, exponent)
    let sign = value < 0 ? "\u{2212}" : ""
    let power = "10<sup>\(fixed(exponent, decimals: 0))</sup>"
    let decimals =
      if let spacing {
        min(6, Self.decimals(forSpacing: spacing / pow(10, exponent)))
      } else {
        (0..<2).first { (decimals: Int) -> Bool in
          let scaled = mantissa * pow(10, Double(decimals))
          return abs(scaled - scaled.rounded()) < 1e-6
        } ?? 2
      }
    if decimals == 0, mantissa.rounded() == 1 { return sign + power }
    return sign + fixed(mantissa, decimals: decimals) + "\u{2009}×\u{2009}" + power
  }
}
