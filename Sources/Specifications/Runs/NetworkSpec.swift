/// A network's architecture and its initial distribution.
package struct NetworkSpec: Codable, Hashable, Sendable {
  /// The family of networks.
  package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Fully connected layers of ReLU units.
    case fcn
    /// The 50-layer residual network of He et al. (2015), for images of 32×32 in three channels.
    case resnet50
  }
  /// The family of networks.
  package var kind: Kind
  /// Units of each hidden layer, input to output; none for a family whose layers are fixed.
  package var hidden: [Int]
  /// σ_w²: weights are N(0, σ_w²/fan_in) at initialisation; nil for 2 (He et al. 2015).
  package var weightVariance: Double?
  /// σ_b: biases are N(0, σ_b²) at initialisation; of ResNet-50, the logit's, its only one.
  package var biasStandardDeviation: Double

  /// A network from its shape and initial distribution.
  package init(kind: Kind, hidden: [Int], weightVariance: Double? = nil, biasStandardDeviation: Double) {
    self.kind = kind
    self.hidden = hidden
    self.weightVariance = weightVariance
    self.biasStandardDeviation = biasStandardDeviation
  }

  /// σ_w²; 2 unless the spec sets it.
  package var effectiveWeightVariance: Double { weightVariance ?? Self.heVariance }

  /// He et al. (2015). A spec that writes it out is the same as one that leaves it out.
  package static let heVariance = 2.0
}
