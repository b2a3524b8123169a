import Encodings
package import Planning
package import Specifications

/// Trained weights of a store, with what they were trained on, so that any framework can check a run:
/// `weights/<2 hex>/<sha256>.safetensors`, and `weights/<data>-inputs.npy` and `-labels.npy` for S, shared by
/// all runs on one data set and its sizes; the labels of sampled functions are a file for each function.
///
/// Beside the weights, `<sha256>.json` (``ChecksummedJSON``) states the SHA-256 of the run's three files.
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

  /// What is stated of a run's files: their digests, by path below the folder.
  private struct Statement: Codable {
    let schema: Int
    let run: ContentKey
    let files: [String: String]
  }
  private static let schema = 1

  private let store: String
  private let file = DurableFile()
  private var folder: String { "\(store)/\(StoredKind.weights.folder)" }

  /// The weights of the store in `folder`; their own folder is made by the first write.
  package init(store folder: String) { store = folder }

  /// Where the weights of a run are kept, if they are.
  package func path(for key: ContentKey) -> String {
    "\(folder)/\(key.description.prefix(2))/\(key).safetensors"
  }

  /// Those of the runs `keys` whose three files are there, and are what was written.
  ///
  /// - Parameter onDamage: called with each file that is not what was written; it was set aside.
  /// - Throws: ``StorageError`` if a file exists but cannot be read, or cannot be moved.
  package func intact(
    _ keys: [ContentKey], onDamage: (DamagedFile) -> Void = { _ in }
  ) throws(StorageError) -> Set<ContentKey> {
    // Runs share their inputs.
    var digests: [String: String?] = [:]
    var intact: Set<ContentKey> = []
    for key in keys where try isIntact(key, &digests, onDamage) { intact.insert(key) }
    return intact
  }

  private func isIntact(
    _ key: ContentKey, _ digests: inout [String: String?], _ onDamage: (DamagedFile) -> Void
  ) throws(StorageError) -> Bool {
    func refuse(_ path: String, _ reason: String) throws(StorageError) -> Bool {
      let aside = try DamagedFile.settingAside(path, kind: .weights, key: key, reason: reason, in: store)
      if let aside { onDamage(aside) }
      return false
    }
    let path = statementPath(for: key)
    guard let bytes = try FileSystem.contents(of: path) else { return false }
    let statement: Statement
    do {
      statement = try ChecksummedJSON.body(
        in: bytes, schema: Self.schema, of: "what is stated of weights", as: Statement.self)
    } catch {
      return try refuse(path, "of what is stated of them: \(error.reason)")
    }
    guard statement.run == key else {
      return try refuse(path, "what is stated is of the run \(statement.run)")
    }
    for (file, digest) in statement.files.sorted(by: { $0.key < $1.key }) {
      let path = "\(folder)/\(file)"
      if digests[path] == nil {
        digests[path] = .some(try FileSystem.contents(of: path).map { SHA256.hex(of: $0) })
      }
      guard let found = digests[path] ?? nil else { return false }
      guard found == digest else {
        digests[path] = .some(nil)
        return try refuse(path, "\(file) is not what was written")
      }
    }
    return true
  }

  private func statementPath(for key: ContentKey) -> String {
    "\(folder)/\(key.description.prefix(2))/\(key).json"
  }

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
      throw .notEncodable(.weights, key: key, reason: "\(error)")
    }
    // Runs to other functions of a sample share their inputs.
    let function = training.target == nil ? "" : "-function-\(training.sample + 1)"
    let contents = [
      "\(key.description.prefix(2))/\(key).safetensors": files.weights,
      "\(name)-inputs.npy": files.inputs,
      "\(name)\(function)-labels.npy": files.labels,
    ]
    let statement: [UInt8]
    do {
      statement = try ChecksummedJSON.bytes(
        of: Statement(schema: Self.schema, run: key, files: contents.mapValues { SHA256.hex(of: $0) }))
    } catch {
      throw .notEncodable(.weights, key: key, reason: "\(error)")
    }
    try FileSystem.makeFolder(FileSystem.parent(of: path(for: key)))
    for (path, bytes) in contents.sorted(by: { $0.key < $1.key }) {
      try file.store(bytes, at: "\(folder)/\(path)")
    }
    try file.store(statement, at: statementPath(for: key))
  }

  /// What the names of S and its labels begin with, such as "mnist-0a1b2c3d-train-500".
  private static func name(
    of dataset: DatasetSpec, digest: String
  ) throws(CanonicalJSONError) -> String {
    let identity = SHA256.hex(of: Array((try CanonicalJSON.text(of: dataset) + digest).utf8))
    return "\(dataset.name)-\(identity.prefix(8))-train-\(dataset.train)"
  }
}
