/// What an axis shows.
public enum Quantity: String, Sendable, CaseIterable, Codable {
  /// log₁₀ P(f); both likelihoods are in the table, the default one is drawn.
  case log10Prior = "log10-prior"
  /// −log₁₀ sharpness.
  case flatness
  /// log₁₀ sharpness.
  case log10Sharpness = "log10-sharpness"
  /// Accuracy on E in %.
  case generalization
}
