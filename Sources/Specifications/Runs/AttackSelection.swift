/// Which images of the pool make up the attack set A.
package enum AttackSelection: String, Codable, Sendable, CaseIterable {
  /// The first |A| images: the same A in every sample of one size.
  case first
  /// A random subset, another one in each sample.
  case random
}
