/// That a run group has other images than its spec names, in words that stand wherever its runs are shown.
package struct DataSubstitution: Codable, Equatable, Sendable {
  /// What takes the place of what, such as "Fashion-MNIST in place of MNIST".
  package var words: String
  /// Why, such as "fewer than 21 000 MNIST images were found".
  package var reason: String

  /// A substitution with its reason.
  package init(words: String, reason: String) {
    self.words = words
    self.reason = reason
  }
}
