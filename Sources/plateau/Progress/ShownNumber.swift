import Foundation

/// Numbers for people to read; `--json` prints all digits.
enum ShownNumber {
  /// Six significant digits.
  static func text(_ value: Double) -> String { String(format: "%.6g", value) }
}
