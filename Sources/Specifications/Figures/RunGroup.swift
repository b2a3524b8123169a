package import DatasetDescriptions

/// A family of trainings that differ in |A| and sample only, and what is measured on each.
package struct RunGroup: Equatable, Sendable {
  /// The images, and how many of them in S, in the pool of A, and in E.
  package var dataset: DatasetSpec
  /// The data set to use if too few images of ``dataset`` are found.
  package var substitute: DatasetSubstitute?
  /// Why ``dataset`` was replaced by the substitute; nil if it is the one in the spec.
  package var substitution: DataSubstitution?
  /// The network that is trained.
  package var network: NetworkSpec
  /// The optimiser and its hyperparameters.
  package var optimiser: OptimiserSpec
  /// The sizes of A, ascending.
  package var attackSizes: [Int]
  /// Which images of the pool make up A.
  package var attackSelection: AttackSelection
  /// How many networks are trained for each size; each with an A of its own where A is random.
  package var samplesPerSize: Int
  /// The functions to train to, one run each, if S has no labels of its own.
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
    optimiser: OptimiserSpec, attackSizes: [Int], attackSelection: AttackSelection = .random,
    samplesPerSize: Int, targets: SampledTargets? = nil,
    stop: StopSpec, augmentation: AugmentationSpec? = nil, measurements: [MeasurementSpec]
  ) {
    self.dataset = dataset
    self.substitute = substitute
    self.network = network
    self.optimiser = optimiser
    self.attackSizes = attackSizes
    self.attackSelection = attackSelection
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
          dataset: dataset, network: network, optimiser: optimiser, attackSize: size,
          attackSelection: attackSelection, sample: sample, target: target, stop: stop,
          augmentation: augmentation, seed: seed)
      }
    }
  }

  /// The sample that the functions are taken from; nil for a group that trains to labels of a data set.
  package func functionSample(seed: UInt64) -> FunctionSampleSpec? {
    targets.map {
      FunctionSampleSpec(
        network: network, variables: $0.variables, samples: $0.samples, kept: $0.kept, seed: seed)
    }
  }
}

/// The data set that a run group uses if too few images of its own are found.
package struct DatasetSubstitute: Equatable, Sendable {
  /// Its name, such as `fashion-mnist`.
  package var name: DatasetName
  /// The two-class task on it.
  package var task: BinaryTask

  /// A substitute with its task.
  package init(name: DatasetName, task: BinaryTask) {
    self.name = name
    self.task = task
  }
}

/// The functions that a run group trains to: the most frequent ones of a sample.
package struct SampledTargets: Equatable, Sendable {
  /// n, the Boolean variables.
  package var variables: Int
  /// How many networks are drawn.
  package var samples: Int
  /// How many of the most frequent functions are kept by name; at least ``functions``.
  package var kept: Int
  /// The number of functions, from rank 1 on, to each of which a network is trained.
  package var functions: Int

  /// Targets from their parts.
  package init(variables: Int, samples: Int, kept: Int, functions: Int) {
    self.variables = variables
    self.samples = samples
    self.kept = kept
    self.functions = functions
  }
}
