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

  /// A data set with the sizes of its three parts.
  public init(name: String, task: String, train: Int, attackPool: Int, test: Int) {
    self.name = name
    self.task = task
    self.train = train
    self.attackPool = attackPool
    self.test = test
  }

  /// All inputs of n Boolean variables as S, without A and E: its labels are those of a sampled function.
  public static func booleanCube(variables: Int) -> DatasetSpec {
    DatasetSpec(name: "boolean-cube", task: "sampled-function", train: 1 << variables, attackPool: 0, test: 0)
  }
}
