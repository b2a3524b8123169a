/// A family of trainings that differ in |A| and sample only, and what is measured on each.
public struct RunGroup: Equatable, Sendable {
  /// The images, and how many of them in S, in the pool of A, and in E.
  public var dataset: DatasetSpec
  /// The network that is trained.
  public var network: NetworkSpec
  /// The optimiser and its hyperparameters.
  public var optimiser: OptimiserSpec
  /// The sizes of A, ascending.
  public var attackSizes: [Int]
  /// How many attack sets are drawn for each size.
  public var samplesPerSize: Int
  /// When each training ends.
  public var stop: StopSpec
  /// What is measured on each trained network.
  public var measurements: [MeasurementSpec]

  /// A family of trainings from its parts.
  public init(
    dataset: DatasetSpec, network: NetworkSpec, optimiser: OptimiserSpec, attackSizes: [Int],
    samplesPerSize: Int, stop: StopSpec, measurements: [MeasurementSpec]
  ) {
    self.dataset = dataset
    self.network = network
    self.optimiser = optimiser
    self.attackSizes = attackSizes
    self.samplesPerSize = samplesPerSize
    self.stop = stop
    self.measurements = measurements
  }

  /// All trainings of the group, by ascending |A|, then sample.
  public func trainings(seed: UInt64) -> [TrainingSpec] {
    attackSizes.flatMap { size in
      (0..<samplesPerSize).map { sample in
        TrainingSpec(
          dataset: dataset, network: network, optimiser: optimiser, attackSize: size, sample: sample,
          stop: stop, seed: seed)
      }
    }
  }
}
