import Planning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The finished parts of a sample that is being drawn, one file each, from which a killed run resumes.
///
/// A file is named for the samples in it, `<first>-<count>.block`, and states them beside the sample's key
/// (``HashedPayload``).
package struct FunctionSampleBlocks: Sendable {
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
    /// A file that is not what was written, or the block of other samples; it was set aside.
    case damaged(DamagedFile)
  }

  private struct Header: Codable, Equatable {
    let schema: Int
    let sample: ContentKey
    let first: Int
    let count: Int
  }

  /// Of which samples there are blocks, whole or not.
  package var ranges: [Range<Int>] {
    FileSystem.names(in: folder).compactMap { name in
      guard let match = name.wholeMatch(of: /([0-9]{1,15})-([0-9]{1,15})\.block/),
        let first = Int(match.output.1), let count = Int(match.output.2)
      else { return nil }
      return first..<first + count
    }
  }

  /// The block of these samples.
  ///
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  package func read(_ samples: Range<Int>) throws(StorageError) -> Found {
    let path = path(of: samples)
    guard let bytes = try FileSystem.contents(of: path) else { return .nothing }
    if let (header, payload) = HashedPayload.parts(of: bytes, header: Header.self),
      header == self.header(samples)
    {
      return .bytes(Array(payload))
    }
    return try setAside(samples, because: "is not what its checksum and its name say").map { .damaged($0) }
      ?? .nothing
  }

  /// Sets the block of these samples aside, `because` it is not what it should be; nil where it is gone.
  ///
  /// - Throws: ``StorageError`` if it cannot be moved.
  package func setAside(_ samples: Range<Int>, because reason: String) throws(StorageError) -> DamagedFile? {
    let stem = Self.stem(samples)
    return try DamagedFile.settingAside(
      path(of: samples), kind: .block, key: key, stage: stem, reason: "\(stem) \(reason)", in: store)
  }

  /// Stores the block of these samples.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  package func write(_ bytes: [UInt8], of samples: Range<Int>) throws(StorageError) {
    let contents: [UInt8]
    do {
      contents = try HashedPayload.bytes(header: header(samples), payload: bytes)
    } catch {
      throw .notEncodable(.block, key: key, reason: "\(error)")
    }
    try FileSystem.makeFolder(folder)
    try file.store(contents, at: path(of: samples))
  }

  /// Removes all blocks: the sample is stored. What cannot be removed does no harm.
  package func remove() { try? FileSystem.removeFiles(in: folder) }

  private func header(_ samples: Range<Int>) -> Header {
    Header(schema: Self.schema, sample: key, first: samples.lowerBound, count: samples.count)
  }

  private static func stem(_ samples: Range<Int>) -> String { "\(samples.lowerBound)-\(samples.count)" }

  private func path(of samples: Range<Int>) -> String { "\(folder)/\(Self.stem(samples)).block" }
}
