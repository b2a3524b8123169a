import Encodings
package import Planning

/// The state of one stage of an unfinished run: numbers and arrays by name.
package struct Checkpoint: Equatable, Sendable {
  /// Counts, losses and the like, exactly.
  package var numbers: [String: [Double]]
  /// Parameters and other long arrays.
  package var arrays: [String: [Float]]

  /// A checkpoint of these numbers.
  package init(numbers: [String: [Double]], arrays: [String: [Float]]) {
    self.numbers = numbers
    self.arrays = arrays
  }
}

/// The checkpoints from which unfinished runs resume: `checkpoints/<2 hex>/<run>/<stage>.checkpoint`, one
/// file for each stage of a run. It is replaced whole, and removed when the run is stored.
///
/// A stage is the training or the identity of a measurement. A checkpoint names the arithmetic that made it,
/// the library and its threads, so that no result mixes two without a word.
package struct CheckpointStore: Sendable {
  /// The store's folder; made by the first write.
  package let folder: String
  private let file: DurableFile
  private static let schema = 1

  /// The checkpoints of the store in `folder`.
  package init(folder: String) { self.init(folder: folder, file: DurableFile()) }

  init(folder: String, file: DurableFile) {
    self.folder = folder
    self.file = file
  }

  /// What is stored of a stage.
  package enum Found: Equatable, Sendable {
    case nothing
    case checkpoint(Checkpoint)
    /// A checkpoint that was made with other arithmetic, which is named.
    case otherArithmetic(String, Checkpoint)
    /// A file that is not what was written; it was set aside.
    case damaged(DamagedFile)
  }

  private struct Header: Codable {
    struct Entry: Codable {
      let name: String
      let count: Int
    }
    let schema: Int
    let run: ContentKey
    let stage: String
    let arithmetic: String
    let numbers: [String: [Double]]
    let arrays: [Entry]
  }

  /// The checkpoint of a run's stage.
  ///
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  package func read(_ run: ContentKey, stage: String, arithmetic: String) throws(StorageError) -> Found {
    let path = path(run, stage)
    guard let bytes = try FileSystem.contents(of: path) else { return .nothing }
    guard let (header, payload) = HashedPayload.parts(of: bytes, header: Header.self),
      header.schema == Self.schema, header.run == run, header.stage == stage,
      header.arrays.allSatisfy({ (0...payload.count).contains($0.count) }),
      payload.count == 4 * header.arrays.reduce(0, { $0 + $1.count })
    else {
      let aside = try DamagedFile.settingAside(
        path, kind: .checkpoint, key: run, stage: Self.fileStem(stage),
        reason: "it is not what its checksum and its name say", in: folder)
      return aside.map { .damaged($0) } ?? .nothing
    }
    var checkpoint = Checkpoint(numbers: header.numbers, arrays: [:])
    var start = payload.startIndex
    for entry in header.arrays {
      let end = start + 4 * entry.count
      checkpoint.arrays[entry.name] = LittleEndian.floats(in: payload[start..<end])
      start = end
    }
    return header.arithmetic == arithmetic
      ? .checkpoint(checkpoint) : .otherArithmetic(header.arithmetic, checkpoint)
  }

  /// Stores a stage's checkpoint in place of what was there.
  ///
  /// - Throws: ``StorageError``; what was there stays then.
  package func write(
    _ checkpoint: Checkpoint, of run: ContentKey, stage: String, arithmetic: String
  ) throws(StorageError) {
    let arrays = checkpoint.arrays.sorted { $0.key < $1.key }
    let header = Header(
      schema: Self.schema, run: run, stage: stage, arithmetic: arithmetic, numbers: checkpoint.numbers,
      arrays: arrays.map { Header.Entry(name: $0.key, count: $0.value.count) })
    let bytes: [UInt8]
    do {
      bytes = try HashedPayload.bytes(
        header: header, payload: arrays.flatMap { LittleEndian.bytes(of: $0.value) })
    } catch {
      throw .notEncodable(.checkpoint, key: run, reason: "\(error)")
    }
    let path = path(run, stage)
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    try file.store(bytes, at: path)
  }

  /// Removes all checkpoints of a run.
  ///
  /// - Throws: ``StorageError`` if a file cannot be removed.
  package func remove(_ run: ContentKey) throws(StorageError) {
    try FileSystem.removeFiles(in: runFolder(run))
  }

  private func runFolder(_ run: ContentKey) -> String {
    "\(StoredKind.checkpoint.folder(of: run, in: folder))/\(run)"
  }

  private func path(_ run: ContentKey, _ stage: String) -> String {
    "\(runFolder(run))/\(Self.fileStem(stage)).\(StoredKind.checkpoint.fileExtension)"
  }

  private static func fileStem(_ stage: String) -> String { stage.replacing("/", with: "-") }
}
