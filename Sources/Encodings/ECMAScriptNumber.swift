/// Numbers as ECMAScript writes them (ECMA-262, Number::toString; RFC 8785, §3.2.2.3).
enum ECMAScriptNumber {
  /// The text of a finite number: the fewest digits that read back as the same double, without an exponent
  /// from 10⁻⁶ to below 10²¹.
  static func text(of value: Double) -> String {
    precondition(value.isFinite, "expected a finite number, got \(value)")
    if value == 0 { return "0" }
    let sign = value < 0 ? "-" : ""
    let (digits, point) = shortestDigits(value.magnitude)
    return sign + format(digits, point: point)
  }

  /// Digits d₁…d_k and the power n such that the value is 0.d₁…d_k · 10ⁿ.
  ///
  /// Swift's `description` has the shortest digits, and of those the closest, as ECMAScript asks for; only
  /// the layout differs.
  private static func shortestDigits(_ value: Double) -> (digits: String, point: Int) {
    let parts = value.description.split(separator: "e")
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = String(mantissa[0])
    let all = whole + (mantissa.count == 2 ? String(mantissa[1]) : "")
    let leadingZeros = all.prefix { $0 == "0" }.count
    var digits = all.dropFirst(leadingZeros)
    while digits.last == "0" { digits.removeLast() }
    return (String(digits), whole.count - leadingZeros + exponent)
  }

  private static func format(_ digits: String, point: Int) -> String {
    let count = digits.count
    if count <= point, point <= 21 { return digits + String(repeating: "0", count: point - count) }
    if 0 < point, point <= 21 { return "\(digits.prefix(point)).\(digits.dropFirst(point))" }
    if -6 < point, point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
    let exponent = point - 1
    let power = "e\(exponent < 0 ? "-" : "+")\(exponent.magnitude)"
    return count == 1 ? digits + power : "\(digits.prefix(1)).\(digits.dropFirst())\(power)"
  }
}
