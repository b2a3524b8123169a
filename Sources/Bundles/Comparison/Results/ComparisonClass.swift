/// How a thing of one report stands to the same thing of another.
package enum ComparisonClass: String, Codable, Sendable, CaseIterable {
  /// The same in every bit.
  case identical
  /// Another number, as close as the tolerances ask.
  case withinTolerance = "within-tolerance"
  /// Another value, each in the other's 95 % interval.
  case withinInterval = "within-interval"
  /// Without a value on at least one side.
  case unmeasured
  /// Only the second report has it.
  case added
  /// Only the first report has it.
  case removed
  /// Another value.
  case changed
  /// Another value, of another profile, other data or another revision of a method.
  case incomparable

  /// The class in words.
  package var words: String {
    switch self {
    case .withinTolerance: "within tolerance"
    case .withinInterval: "within interval"
    default: rawValue
    }
  }
}

extension ComparisonClass: Comparable {
  /// The class that says more about a difference is the larger one.
  package static func < (one: ComparisonClass, other: ComparisonClass) -> Bool {
    (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
  }
}
