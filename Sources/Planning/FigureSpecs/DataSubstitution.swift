/// That a run group has other images than its spec names, in words that stand wherever its runs are shown.
public struct DataSubstitution: Codable, Equatable, Sendable {
  /// What takes the place of what, such as "Fashion-MNIST in place of MNIST".
  public var words: String
  /// Why, such as "fewer than 21 000 MNIST images were found".
  public var reason: String

  /// A substitution with its reason.
  public init(words: String, reason: String) {
    self.words = words
    self.reason = reason
  }
}
