/// A data set, a two-class task on it, and the sizes of S, of the pool that A is drawn from, and of E.
package struct DatasetSpec: Codable, Hashable, Sendable {
  /// The data set's name, such as `mnist`.
  package var name: String
  /// The two-class task, such as `digits-0-4-vs-5-9`.
  package var task: String
  /// |S|.
  package var train: Int
  /// The number of images from which the attack set is drawn; at least the largest |A|.
  package var attackPool: Int
  /// |E|.
  package var test: Int
  /// How the channels are normalised; nil for inputs in [0, 1].
  package var normalisation: NormalisationSpec?

  /// A data set with the sizes of its three parts.
  package init(
    name: String, task: String, train: Int, attackPool: Int, test: Int,
    normalisation: NormalisationSpec? = nil
  ) {
    self.name = name
    self.task = task
    self.train = train
    self.attackPool = attackPool
    self.test = test
    self.normalisation = normalisation
  }

  /// The images that the program draws where CIFAR-10 is not there. They are no data set of the paper, and no
  /// claim of it is judged on them.
  package static let standInName = "drawn-shapes"

  /// The name of the Boolean cube, whose labels are functions of a sample, and so another seed's others.
  package static let booleanCubeName = "boolean-cube"

  /// Whether these are the images of ``standInName``.
  package var isStandIn: Bool { name == Self.standInName }

  /// |S|, the pool of A, and |E| together.
  package var imageCount: Int { train + attackPool + test }

  /// All inputs of n Boolean variables as S, without A and E: its labels are those of a sampled function.
  package static func booleanCube(variables: Int) -> DatasetSpec {
    DatasetSpec(
      name: booleanCubeName, task: "sampled-function", train: 1 << variables, attackPool: 0, test: 0)
  }
}
