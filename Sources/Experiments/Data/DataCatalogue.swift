package import Datasets
import FunctionPriors
import LinearAlgebra
import Planning
package import RunStorage
package import Specifications

/// The data of every training of a plan: the split of each dataset spec into S, the attack pool and E.
package struct DataCatalogue: Sendable {
  /// One data set as loaded.
  package struct Entry: Sendable {
    /// One line for reports, such as "MNIST, t10k part (10 000 images)".
    package let summary: String
    /// SHA-256 over the decompressed contents.
    package let digest: String
    let split: AttackSetSplit
  }
  private let entries: [DatasetSpec: Entry]
  private var samples: [FunctionSampleSpec: FunctionSampleRecord] = [:]

  /// Cuts the images that `specs` name to their sizes; the Boolean cube needs none.
  ///
  /// - Throws: `DatasetError` for a file that is missing, damaged or too small.
  package init(specs: some Sequence<DatasetSpec>, images: ImageCache) throws {
    var entries: [DatasetSpec: Entry] = [:]
    for spec in specs where entries[spec] == nil {
      guard case .images(let name, let task) = spec.source else { continue }
      let dataset = try images.images(of: name, for: task)
      entries[spec] = Entry(
        summary: dataset.summary, digest: dataset.digest,
        split: try AttackSetSplit(
          dataset, task: task, training: spec.train, attackPool: spec.attackPool, test: spec.test,
          normalisation: spec.normalisation.map {
            ChannelScaling(mean: $0.mean, standardDeviation: $0.standardDeviation)
          }))
    }
    self.entries = entries
  }

  /// Loads what `specs` name and cuts it to their sizes; throws what ``init(specs:images:)`` throws.
  package init(specs: some Sequence<DatasetSpec>, library: DatasetLibrary) throws {
    try self.init(specs: specs, images: ImageCache(library: library))
  }

  /// The data of a training whose data set the catalogue was made for.
  ///
  /// With a target, S is the Boolean cube with the outputs of the function of that rank; the digest is the
  /// sample's key, so that it is known before the sample is drawn, and the labels need the sample
  /// (``adding(_:)``).
  package subscript(training: TrainingSpec) -> Entry {
    if let target = training.target {
      guard let entry = entry(target, rank: training.sample) else {
        preconditionFailure(
          "expected a function of rank \(training.sample + 1) of a sample in this catalogue")
      }
      return entry
    }
    guard let entry = entries[training.dataset] else {
      preconditionFailure("expected a data set of this catalogue, got \(training.dataset)")
    }
    return entry
  }

  /// The digest of a training's data, which takes no data.
  ///
  /// - Throws: `CanonicalJSONError` where the spec has no canonical JSON.
  package func digest(_ training: TrainingSpec) throws -> String {
    guard let target = training.target else { return self[training].digest }
    if let record = samples[target] { return record.key.description }
    return try FunctionSampleIdentity(spec: target).key().description
  }

  /// This catalogue with samples of functions that trainings have their targets from.
  package func adding(_ records: [FunctionSampleRecord]) -> DataCatalogue {
    var catalogue = self
    for record in records { catalogue.samples[record.spec] = record }
    return catalogue
  }

  /// Whether `training` has data: its target, if it has one, must be among the functions that its sample
  /// found.
  package func hasData(_ training: TrainingSpec) -> Bool {
    guard let target = training.target, let record = samples[target] else { return true }
    return training.sample < record.result.functions.count
  }

  private func entry(_ spec: FunctionSampleSpec, rank: Int) -> Entry? {
    guard let record = samples[spec], record.result.functions.indices.contains(rank),
      let function = BooleanFunction(
        hexadecimal: record.result.functions[rank], inputs: spec.inputCount)
    else { return nil }
    let inputs = BooleanCube.inputs(variables: spec.variables)
    let none = BinaryImages(inputs: Matrix(rows: 0, columns: spec.variables, elements: []), labels: [])
    return Entry(
      summary:
        "all \(spec.inputCount) inputs of \(spec.variables) Boolean variables, labelled by the most frequent functions of a sample",
      digest: record.key.description,
      split: AttackSetSplit(
        training: BinaryImages(inputs: inputs, labels: function.outputs(spec.inputCount)), attackPool: none,
        test: none))
  }
}
