import Encodings
package import Planning
package import Specifications

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Trained weights of a store, with what they were trained on, so that any framework can check a run:
/// `weights/<2 hex>/<sha256>.safetensors`, and `weights/<data>-inputs.npy` and `-labels.npy` for S, shared by
/// all runs on one data set and its sizes; the labels of sampled functions are a file for each function.
package struct WeightsFolder: Sendable {
  /// The bytes of the three files.
  package struct Files: Sendable {
    /// The network, as `.safetensors`.
    package var weights: [UInt8]
    /// The inputs of S, as `.npy`.
    package var inputs: [UInt8]
    /// Their labels, as `.npy`.
    package var labels: [UInt8]

    /// The files of one run.
    package init(weights: [UInt8], inputs: [UInt8], labels: [UInt8]) {
      self.weights = weights
      self.inputs = inputs
      self.labels = labels
    }
  }

  private let folder: String
  private let file = DurableFile()

  /// The weights of the store in `folder`; their own folder is made by the first write.
  package init(store folder: String) { self.folder = "\(folder)/weights" }

  /// Where the weights of a run are kept, if they are.
  package func path(for key: ContentKey) -> String {
    "\(folder)/\(key.description.prefix(2))/\(key).safetensors"
  }

  /// Whether the weights of a run are there.
  package func contains(_ key: ContentKey) -> Bool { access(path(for: key), F_OK) == 0 }

  /// Stores the weights of the run `key` of `training`, and S with its labels.
  ///
  /// - Throws: ``StorageError``; files that were there stay then.
  package func write(
    _ files: Files, of training: TrainingSpec, key: ContentKey, dataDigest: String
  ) throws(StorageError) {
    let name: String
    do {
      name = try Self.name(of: training.dataset, digest: dataDigest)
    } catch {
      throw .notEncodable(.run, key: key, reason: "\(error)")
    }
    // Runs to other functions of a sample share their inputs.
    let function = training.target == nil ? "" : "-function-\(training.sample + 1)"
    try FileSystem.makeFolder(FileSystem.parent(of: path(for: key)))
    try file.store(files.weights, at: path(for: key))
    try file.store(files.inputs, at: "\(folder)/\(name)-inputs.npy")
    try file.store(files.labels, at: "\(folder)/\(name)\(function)-labels.npy")
  }

  /// What the names of S and its labels begin with, such as "mnist-0a1b2c3d-train-500".
  private static func name(
    of dataset: DatasetSpec, digest: String
  ) throws(CanonicalJSONError) -> String {
    let identity = SHA256.hex(of: Array((try CanonicalJSON.text(of: dataset) + digest).utf8))
    return "\(dataset.name)-\(identity.prefix(8))-train-\(dataset.train)"
  }
}
