/// A network's architecture and its initial distribution.
public struct NetworkSpec: Codable, Hashable, Sendable {
  /// The family of networks.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable { case fcn }
  /// The family of networks.
  public var kind: Kind
  /// Units of each hidden layer, input to output.
  public var hidden: [Int]
  /// σ_w²: weights are N(0, σ_w²/fan_in) at initialisation; nil for 2 (He et al. 2015).
  public var weightVariance: Double?
  /// σ_b: biases are N(0, σ_b²) at initialisation.
  public var biasStandardDeviation: Double

  /// A network from its shape and initial distribution.
  public init(kind: Kind, hidden: [Int], weightVariance: Double? = nil, biasStandardDeviation: Double) {
    self.kind = kind
    self.hidden = hidden
    self.weightVariance = weightVariance
    self.biasStandardDeviation = biasStandardDeviation
  }

  /// σ_w², 2 where nothing else is said.
  public var effectiveWeightVariance: Double { weightVariance ?? Self.heVariance }

  /// He et al. (2015). A spec that writes it out is the same as one that leaves it out.
  static let heVariance = 2.0
}
