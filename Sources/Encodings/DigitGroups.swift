extension Int {
  /// The decimal digits in groups of three, whatever the locale: 100 000 000.
  ///
  /// - Parameter separator: what stands between two groups, such as a thin space.
  package func grouped(by separator: Character) -> String {
    (self < 0 ? "-" : "") + String(magnitude).grouped(by: separator)
  }
}

extension StringProtocol {
  /// Digits in groups of three, counted from the right.
  ///
  /// - Parameter separator: what stands between two groups, such as a thin space.
  package func grouped(by separator: Character) -> String {
    var text = ""
    for (index, digit) in enumerated() {
      if index > 0, (count - index).isMultiple(of: 3) { text.append(separator) }
      text.append(digit)
    }
    return text
  }
}
