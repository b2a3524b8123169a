/// One training. A run's content hash covers this value, the digest of the data and the revision of the
/// method.
///
/// Figures that ask for the same training share one run. Random streams depend only on the seed, the attack
/// size and the sample, so two optimisers start from the same weights and attack sets.
package struct TrainingSpec: Codable, Hashable, Sendable {
  /// Which images, and how many of them in S, in the pool of A, and in E.
  package var dataset: DatasetSpec
  /// The network that is trained.
  package var network: NetworkSpec
  /// The optimiser and its hyperparameters.
  package var optimiser: OptimiserSpec
  /// |A|: the number of images with flipped labels in the training set, besides S.
  package var attackSize: Int
  /// Which images of the pool are attacked; nil for a random subset, and where all or none are, so that these
  /// runs are the same by either.
  package var attackSelection: AttackSelection?
  /// The index of the sample of this attack size, from 0; with a ``target``, the rank of the function less 1.
  package var sample: Int
  /// The sample of functions that gives S, all inputs of n Boolean variables, its labels; nil if the labels
  /// are those of a data set.
  package var target: FunctionSampleSpec?
  /// When training ends.
  package var stop: StopSpec
  /// What is done to the images in training; nil for nothing.
  package var augmentation: AugmentationSpec?
  /// The seed of the report.
  package var seed: UInt64

  /// A training from its parts.
  package init(
    dataset: DatasetSpec, network: NetworkSpec, optimiser: OptimiserSpec, attackSize: Int,
    attackSelection: AttackSelection = .random, sample: Int, target: FunctionSampleSpec? = nil,
    stop: StopSpec, augmentation: AugmentationSpec? = nil, seed: UInt64
  ) {
    self.dataset = dataset
    self.network = network
    self.optimiser = optimiser
    self.attackSize = attackSize
    let isChoice = attackSize > 0 && attackSize < dataset.attackPool
    self.attackSelection = isChoice && attackSelection == .first ? .first : nil
    self.sample = sample
    self.target = target
    self.stop = stop
    self.augmentation = augmentation
    self.seed = seed
  }
}

/// When a training ends.
package struct StopSpec: Codable, Hashable, Sendable {
  /// What ends a training.
  package enum Condition: String, Codable, Hashable, Sendable, CaseIterable {
    /// The first epoch at whose end the accuracy on S alone is 100 %.
    case zeroErrorOnTrain = "zero-error-on-train"
  }
  /// What ends the training.
  package var at: Condition
  /// The cap on the epochs. A training that reaches it is kept and marked as not converged.
  package var epochs: Int

  /// A stopping rule with its cap.
  package init(at: Condition, epochs: Int) {
    self.at = at
    self.epochs = epochs
  }
}

/// What is done to each image of a batch in training: a random crop out of its zero-padded copy, and a random
/// flip.
package struct AugmentationSpec: Codable, Hashable, Sendable {
  /// The zeros around the image that a crop may take, in pixels.
  package var cropPadding: Int
  /// Whether images are mirrored with probability 1/2.
  package var flips: Bool

  /// Crops, and flips if asked for.
  package init(cropPadding: Int, flips: Bool) {
    self.cropPadding = cropPadding
    self.flips = flips
  }
}
