package import DatasetDescriptions

/// What a training is made on: the inputs with their task, and the sizes of S, of the pool that A is drawn
/// from, and of E.
package struct DatasetSpec: Hashable, Sendable {
  /// Where the inputs and their labels come from.
  package enum Source: Hashable, Sendable {
    /// The images of a data set, labelled by a two-class task that is defined for it.
    case images(DatasetName, BinaryTask)
    /// All inputs of n Boolean variables; |S| is 2ⁿ. The labels are drawn with a function sample, so they
    /// depend on the seed.
    case booleanCube
  }

  package var source: Source
  /// |S|.
  package var train: Int
  /// The number of images from which the attack set is drawn; at least the largest |A|.
  package var attackPool: Int
  /// |E|.
  package var test: Int
  /// How the channels are normalised; nil for inputs in [0, 1].
  package var normalisation: NormalisationSpec?

  /// Images of a data set with the sizes of the three parts.
  package init(
    name: DatasetName, task: BinaryTask, train: Int, attackPool: Int, test: Int,
    normalisation: NormalisationSpec? = nil
  ) {
    self.init(
      source: .images(name, task), train: train, attackPool: attackPool, test: test,
      normalisation: normalisation)
  }

  private init(
    source: Source, train: Int, attackPool: Int, test: Int, normalisation: NormalisationSpec? = nil
  ) {
    self.source = source
    self.train = train
    self.attackPool = attackPool
    self.test = test
    self.normalisation = normalisation
  }

  /// All inputs of n Boolean variables as S, without A and E.
  package static func booleanCube(variables: Int) -> DatasetSpec {
    DatasetSpec(source: .booleanCube, train: 1 << variables, attackPool: 0, test: 0)
  }

  /// The name by which specs, tables and stored runs know the Boolean cube.
  package static let booleanCubeName = "boolean-cube"
  private static let booleanCubeTask = "sampled-function"

  /// The name by which specs, tables and stored runs know the inputs, such as `mnist`.
  package var name: String {
    switch source {
    case .images(let name, _): name.rawValue
    case .booleanCube: Self.booleanCubeName
    }
  }

  /// What is known of the data set; nil for the Boolean cube, which is none.
  package var facts: DatasetDescription? {
    if case .images(let name, _) = source { name.facts } else { nil }
  }

  /// Whether the images stand in for those of the paper; no claim of it is judged on them.
  package var isStandIn: Bool { facts?.standsInFor != nil }

  /// The number of values of one input.
  package var inputCount: Int { facts?.image.valueCount ?? train.trailingZeroBitCount }

  /// |S|, the pool of A, and |E| together.
  package var imageCount: Int { train + attackPool + test }
}

/// Written as one object with `name` and `task` beside the sizes; run keys are taken over this JSON.
extension DatasetSpec: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, task, train, attackPool, test, normalisation
  }

  /// Reads a data set.
  ///
  /// - Throws: `DecodingError` for a data set or a task that this version does not know.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let source: Source =
      if try container.decode(String.self, forKey: .name) == Self.booleanCubeName {
        .booleanCube
      } else {
        .images(
          try container.decode(DatasetName.self, forKey: .name),
          try container.decode(BinaryTask.self, forKey: .task))
      }
    self.init(
      source: source, train: try container.decode(Int.self, forKey: .train),
      attackPool: try container.decode(Int.self, forKey: .attackPool),
      test: try container.decode(Int.self, forKey: .test),
      normalisation: try container.decodeIfPresent(NormalisationSpec.self, forKey: .normalisation))
  }

  /// Writes the data set.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    switch source {
    case .images(_, let task): try container.encode(task, forKey: .task)
    case .booleanCube: try container.encode(Self.booleanCubeTask, forKey: .task)
    }
    try container.encode(train, forKey: .train)
    try container.encode(attackPool, forKey: .attackPool)
    try container.encode(test, forKey: .test)
    try container.encodeIfPresent(normalisation, forKey: .normalisation)
  }
}
