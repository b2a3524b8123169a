/// One training, as a pure value: what a run is made from, and (with the data's digest and the revision of
/// the method) what its content hash is taken over.
///
/// Figures that ask for the same training share one run. Random streams depend on the seed, the attack
/// size and the sample alone, so that two optimisers start from the same weights and attack sets.
public struct TrainingSpec: Codable, Hashable, Sendable {
  /// Which images, and how many of them in S, in the pool of A, and in E.
  public var dataset: DatasetSpec
  /// The network that is trained.
  public var network: NetworkSpec
  /// The optimiser and its hyperparameters.
  public var optimiser: OptimiserSpec
  /// |A|: how many images with flipped labels are trained on besides S.
  public var attackSize: Int
  /// Which sample of this attack size, counted from 0.
  public var sample: Int
  /// When training ends.
  public var stop: StopSpec
  /// The seed of the report.
  public var seed: UInt64

  public init(
    dataset: DatasetSpec, network: NetworkSpec, optimiser: OptimiserSpec, attackSize: Int, sample: Int,
    stop: StopSpec, seed: UInt64
  ) {
    self.dataset = dataset
    self.network = network
    self.optimiser = optimiser
    self.attackSize = attackSize
    self.sample = sample
    self.stop = stop
    self.seed = seed
  }
}

/// A data set, a two-class task on it, and the sizes of S, of the pool that A is drawn from, and of E.
public struct DatasetSpec: Codable, Hashable, Sendable {
  /// The data set's name, such as `mnist`.
  public var name: String
  /// The two-class task, such as `digits-0-4-vs-5-9`.
  public var task: String
  /// |S|.
  public var train: Int
  /// The number of images from which the attack set is drawn; at least the largest |A|.
  public var attackPool: Int
  /// |E|.
  public var test: Int

  public init(name: String, task: String, train: Int, attackPool: Int, test: Int) {
    self.name = name
    self.task = task
    self.train = train
    self.attackPool = attackPool
    self.test = test
  }
}

/// A network's architecture and its initial distribution.
public struct NetworkSpec: Codable, Hashable, Sendable {
  /// The family of networks.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable { case fcn }
  public var kind: Kind
  /// Units of each hidden layer, input to output.
  public var hidden: [Int]
  /// Standard deviation of the biases at initialisation; weights are N(0, 2/fan_in).
  public var biasStandardDeviation: Double

  public init(kind: Kind, hidden: [Int], biasStandardDeviation: Double) {
    self.kind = kind
    self.hidden = hidden
    self.biasStandardDeviation = biasStandardDeviation
  }
}

/// An optimiser and its hyperparameters.
public struct OptimiserSpec: Codable, Hashable, Sendable {
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable { case sgd }
  /// Whether each epoch has a fresh permutation, or the batches of all epochs keep one order.
  public enum BatchOrder: String, Codable, Hashable, Sendable, CaseIterable { case shuffled, fixed }
  public var kind: Kind
  public var learningRate: Double
  /// Examples a step.
  public var batch: Int
  public var batchOrder: BatchOrder

  public init(kind: Kind, learningRate: Double, batch: Int, batchOrder: BatchOrder = .shuffled) {
    self.kind = kind
    self.learningRate = learningRate
    self.batch = batch
    self.batchOrder = batchOrder
  }
}

/// When a training ends.
public struct StopSpec: Codable, Hashable, Sendable {
  public enum Condition: String, Codable, Hashable, Sendable, CaseIterable {
    /// The first epoch at whose end the accuracy on S alone is 100 %.
    case zeroErrorOnTrain = "zero-error-on-train"
  }
  public var at: Condition
  /// The most epochs; a training that reaches this is kept and shown as not converged.
  public var epochs: Int

  public init(at: Condition, epochs: Int) {
    self.at = at
    self.epochs = epochs
  }
}
