/// Why a value has no canonical JSON text.
package enum CanonicalJSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A number that JSON has no text for, at a path such as `spec.optimiser.learningRate`.
  case notFinite(path: String)
  /// An integer beyond ±2⁵³, which readers of JSON may round.
  case integerTooLarge(String, path: String)
  /// A value that wrote nothing, or that refused to be encoded.
  case notEncodable(reason: String)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .notFinite(let path):
      "the number at '\(path)' is not finite, and JSON has no text for it; leave the value out"
    case .integerTooLarge(let value, let path):
      "the integer \(value) at '\(path)' is beyond ±2⁵³, and readers of JSON may round it; use a smaller one"
    case .notEncodable(let reason): "the value cannot be written as JSON: \(reason)"
    }
  }
}
