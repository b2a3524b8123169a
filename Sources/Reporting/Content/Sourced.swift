/// A value with the place it comes from.
public struct Sourced<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The value itself.
  public var value: Value
  /// Tags: P (paper), C (published code), R (recalled), O (our own choice).
  public var sources: [String]

  /// `value`, which comes from `sources`.
  public init(_ value: Value, _ sources: [String]) {
    self.value = value
    self.sources = sources
  }
}
