package import DatasetDescriptions

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

/// What holds of a kind of network whatever its sizes: what specs may ask of it.
extension NetworkSpec.Kind {
  /// Its name in messages.
  package var title: String {
    switch self {
    case .fcn: "a fully connected network"
    case .resnet50: "ResNet-50"
    }
  }

  /// Its short name, as the paper's Table 1 has it.
  package var shortTitle: String {
    switch self {
    case .fcn: "FCN"
    case .resnet50: "ResNet-50"
    }
  }

  /// The shape of image that it is made for; nil if it takes any.
  package var image: ImageShape? {
    switch self {
    case .fcn: nil
    case .resnet50: ImageShape(channels: 3, height: 32, width: 32)
    }
  }

  /// Its name in tables; fully connected networks, with which they began, have none.
  package var columnName: String { self == .fcn ? "" : rawValue }

  /// Whether a spec names its hidden layers.
  package var hasHiddenLayers: Bool { self == .fcn }

  /// Whether its images may be cropped and flipped in training: a fully connected network knows no
  /// neighbours.
  package var takesAugmentation: Bool { self != .fcn }

  /// Whether a spec may say in which precision it is trained: fully connected networks know Float32 alone.
  package var hasTrainingPrecisions: Bool { self != .fcn }

  /// Whether its trainings can go on past zero error and be followed.
  package var isFollowed: Bool { self == .fcn }

  /// The rules that it cannot be trained by: those that take gradients elsewhere than at the weights.
  package var excludedRules: Set<OptimiserSpec.Kind> { self == .fcn ? [] : [.entropySGD] }

  /// How the covariance of its prior is computed.
  package var kernel: PriorSettings.Kernel { self == .fcn ? .nngp : .monteCarlo }

  /// The smallest box ζ of its sharpness: weights near 1 are told apart a million times as finely in Float64,
  /// in which the smallest boxes of fully connected networks are searched; a residual network's weights of
  /// 0.02 a thousand times as finely in Float32.
  package var smallestBox: Double { self == .fcn ? 1e-10 : 1e-6 }

  /// What its measurements can be made from.
  package var abilities: Set<NetworkAbility> {
    let common: Set<NetworkAbility> = [.outputs, .ascentSteps, .losses]
    return self == .fcn ? common.union([.doublePrecision, .plainLayers, .secondDerivatives]) : common
  }
}
