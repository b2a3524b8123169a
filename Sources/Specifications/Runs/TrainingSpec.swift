/// One training, as a pure value: what a run is made from, and (with the data's digest and the revision of
/// the method) what its content hash is taken over.
///
/// Figures that ask for the same training share one run. Random streams depend on the seed, the attack
/// size and the sample alone, so that two optimisers start from the same weights and attack sets.
package struct TrainingSpec: Codable, Hashable, Sendable {
  /// Which images, and how many of them in S, in the pool of A, and in E.
  package var dataset: DatasetSpec
  /// The network that is trained.
  package var network: NetworkSpec
  /// The optimiser and its hyperparameters.
  package var optimiser: OptimiserSpec
  /// |A|: how many images with flipped labels are trained on besides S.
  package var attackSize: Int
  /// Which sample of this attack size, counted from 0; with a ``target``, the rank of the function less 1.
  package var sample: Int
  /// The sample of functions from which S, all inputs of n Boolean variables, has its labels; nil where they
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
    dataset: DatasetSpec, network: NetworkSpec, optimiser: OptimiserSpec, attackSize: Int, sample: Int,
    target: FunctionSampleSpec? = nil, stop: StopSpec, augmentation: AugmentationSpec? = nil, seed: UInt64
  ) {
    self.dataset = dataset
    self.network = network
    self.optimiser = optimiser
    self.attackSize = attackSize
    self.sample = sample
    self.target = target
    self.stop = stop
    self.augmentation = augmentation
    self.seed = seed
  }
}
