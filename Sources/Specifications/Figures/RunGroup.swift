/// A family of trainings that differ in |A| and sample only, and what is measured on each.
package struct RunGroup: Equatable, Sendable {
  /// The images, and how many of them in S, in the pool of A, and in E.
  package var dataset: DatasetSpec
  /// The data set to take where too few images of ``dataset`` are found.
  package var substitute: DatasetSubstitute?
  /// That ``dataset`` is the substitute by now, and why; nil where it is what the spec names.
  package var substitution: DataSubstitution?
  /// The network that is trained.
  package var network: NetworkSpec
  /// The optimiser and its hyperparameters.
  package var optimiser: OptimiserSpec
  /// The sizes of A, ascending.
  package var attackSizes: [Int]
  /// How many attack sets are drawn for each size.
  package var samplesPerSize: Int
  /// The functions that are trained to, one run each, where S has no labels of its own.
  package var targets: SampledTargets?
  /// When each training ends.
  package var stop: StopSpec
  /// What is done to the images in training; nil for nothing.
  package var augmentation: AugmentationSpec?
  /// What is measured on each trained network.
  package var measurements: [MeasurementSpec]

  /// A family of trainings from its parts.
  package init(
    dataset: DatasetSpec, substitute: DatasetSubstitute? = nil, network: NetworkSpec,
    optimiser: OptimiserSpec, attackSizes: [Int], samplesPerSize: Int, targets: SampledTargets? = nil,
    stop: StopSpec, augmentation: AugmentationSpec? = nil, measurements: [MeasurementSpec]
  ) {
    self.dataset = dataset
    self.substitute = substitute
    self.network = network
    self.optimiser = optimiser
    self.attackSizes = attackSizes
    self.samplesPerSize = samplesPerSize
    self.targets = targets
    self.stop = stop
    self.augmentation = augmentation
    self.measurements = measurements
  }

  /// How many trainings there are for each size of A.
  private var trainingsPerSize: Int { targets?.functions ?? samplesPerSize }

  /// How many trainings the group has.
  package var trainingCount: Int { attackSizes.count * trainingsPerSize }

  /// All trainings of the group: by ascending |A|, then sample; or by rank of the function.
  package func trainings(seed: UInt64) -> [TrainingSpec] {
    let target = functionSample(seed: seed)
    return attackSizes.flatMap { size in
      (0..<trainingsPerSize).map { sample in
        TrainingSpec(
          dataset: dataset, network: network, optimiser: optimiser, attackSize: size, sample: sample,
          target: target, stop: stop, augmentation: augmentation, seed: seed)
      }
    }
  }

  /// The sample from which the group has its functions; nil where it has none.
  package func functionSample(seed: UInt64) -> FunctionSampleSpec? {
    targets.map {
      FunctionSampleSpec(
        network: network, variables: $0.variables, samples: $0.samples, kept: $0.kept, seed: seed)
    }
  }
}
