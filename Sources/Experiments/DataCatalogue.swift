import Datasets
import Planning

/// The data sets of a plan, each loaded once, and the split of each dataset spec into S, the attack pool and
/// E.
public struct DataCatalogue: Sendable {
  /// One data set as loaded.
  public struct Entry: Sendable {
    /// One line for reports, such as "MNIST, t10k part (10 000 images)".
    public let summary: String
    /// SHA-256 over the decompressed contents.
    public let digest: String
    let split: AttackSetSplit
  }
  private let entries: [DatasetSpec: Entry]

  /// Loads what `specs` name and cuts it to their sizes.
  ///
  /// - Throws: ``ExperimentError`` for an unknown name, `DatasetError` for a file that is missing, damaged or
  ///   too small.
  public init(specs: some Sequence<DatasetSpec>, library: DatasetLibrary) throws {
    var datasets: [DatasetName: ImageDataset] = [:]
    var entries: [DatasetSpec: Entry] = [:]
    for spec in specs where entries[spec] == nil {
      guard let name = DatasetName(rawValue: spec.name) else {
        throw ExperimentError.unknownDataset(
          name: spec.name, known: DatasetName.allCases.map(\.rawValue).sorted())
      }
      guard let task = BinaryTask(rawValue: spec.task), task.datasets.contains(name) else {
        let known = BinaryTask.allCases.filter { $0.datasets.contains(name) }.map(\.rawValue)
        throw ExperimentError.unknownTask(name: spec.task, dataset: spec.name, known: known)
      }
      let dataset = try datasets[name] ?? library.load(name)
      datasets[name] = dataset
      entries[spec] = Entry(
        summary: dataset.summary, digest: dataset.digest,
        split: try AttackSetSplit(
          dataset, task: task, training: spec.train, attackPool: spec.attackPool, test: spec.test))
    }
    self.entries = entries
  }

  /// The data of a spec that the catalogue was made for.
  public subscript(spec: DatasetSpec) -> Entry {
    guard let entry = entries[spec] else {
      preconditionFailure("expected a spec of this catalogue, got \(spec)")
    }
    return entry
  }
}
