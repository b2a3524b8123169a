/// A value with the place it comes from.
package struct Sourced<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The value itself.
  package var value: Value
  /// Tags: P (paper), C (published code), R (recalled), O (our own choice).
  package var sources: [String]

  /// `value`, which comes from `sources`.
  package init(_ value: Value, _ sources: [String]) {
    self.value = value
    self.sources = sources
  }
}
