package import Planning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The parts of a sample of functions that is being drawn, or of a Monte-Carlo kernel that is being made, one file
/// each: several processes make them, and a killed one resumes from them.
///
/// A file is named for the samples, or initialisations, in it, `<first>-<count>.block`, and states them beside
/// the key of the whole (``HashedPayload``).
package struct StoredBlocks: Sendable {
  /// What they are blocks of, in the words for damage.
  let kind: StoredKind
  let key: ContentKey
  /// The folder of the blocks.
  let folder: String
  /// The folder of the store.
  let store: String
  let file: DurableFile
  /// The layout of the file; raised when a reader of the old one would go wrong. The first had no header.
  private static let schema = 2

  /// What is stored of a block.
  package enum Found: Equatable, Sendable {
    case nothing
    case bytes([UInt8])
    /// A file that is not what was written, or another block; it was set aside.
    case damaged(DamagedFile)
  }

  private struct Header: Codable, Equatable {
    let schema: Int
    /// The key of the whole; the first blocks were those of samples.
    let sample: ContentKey
    let first: Int
    let count: Int
  }

  /// What claims the block of these samples or initialisations.
  package func claim(of range: Range<Int>) -> ContentKey { key.part(Self.stem(range)) }

  /// Of which samples or initialisations there are blocks, whole or not.
  package var ranges: [Range<Int>] {
    FileSystem.names(in: folder).compactMap(Self.range)
  }

  /// What the block of this file holds, whole or not; nil for a file of another name.
  private static func range(_ name: String) -> Range<Int>? {
    guard let match = name.wholeMatch(of: /([0-9]{1,15})-([0-9]{1,15})\.block/),
      let first = Int(match.output.1), let count = Int(match.output.2)
    else { return nil }
    return first..<first + count
  }

  /// The files of the blocks that begin in `part`; of all where it is nil.
  func files(in part: Range<Int>?) -> [String] {
    ranges.filter { part?.contains($0.lowerBound) ?? true }.map { path(of: $0) }
  }

  /// The block of these samples or initialisations.
  ///
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  package func read(_ range: Range<Int>) throws(StorageError) -> Found {
    let path = path(of: range)
    guard let bytes = try FileSystem.contents(of: path) else { return .nothing }
    if let (header, payload) = HashedPayload.parts(of: bytes, header: Header.self),
      header == self.header(range)
    {
      return .bytes(Array(payload))
    }
    return try setAside(range, because: "is not what its checksum and its name say").map { .damaged($0) }
      ?? .nothing
  }

  /// Sets the block of these samples or initialisations aside, `because` it is not what it should be; nil where it
  /// is gone.
  ///
  /// - Throws: ``StorageError`` if it cannot be moved.
  package func setAside(_ range: Range<Int>, because reason: String) throws(StorageError) -> DamagedFile? {
    let stem = Self.stem(range)
    return try DamagedFile.settingAside(
      path(of: range), kind: kind, key: key, stage: stem, reason: "\(stem) \(reason)", in: store)
  }

  /// Stores the block of these samples or initialisations.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  package func write(_ bytes: [UInt8], of range: Range<Int>) throws(StorageError) {
    let contents: [UInt8]
    do {
      contents = try HashedPayload.bytes(header: header(range), payload: bytes)
    } catch {
      throw .notEncodable(kind, key: key, reason: "\(error)")
    }
    try FileSystem.makeFolder(folder)
    try file.store(contents, at: path(of: range))
  }

  /// Removes a block, which is part of a larger one by now. If it cannot be removed, it does no harm.
  package func remove(_ range: Range<Int>) { unlink(path(of: range)) }

  /// Removes all blocks: the whole is stored. What cannot be removed does no harm.
  package func remove() { try? FileSystem.removeFiles(in: folder) }

  private func header(_ range: Range<Int>) -> Header {
    Header(schema: Self.schema, sample: key, first: range.lowerBound, count: range.count)
  }

  private static func stem(_ range: Range<Int>) -> String { "\(range.lowerBound)-\(range.count)" }

  private func path(of range: Range<Int>) -> String { "\(folder)/\(Self.stem(range)).block" }
}
