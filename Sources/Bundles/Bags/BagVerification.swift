/// Reads a bundle from its start to its end and compares every file with the bag's manifests.
///
/// Nothing is written; memory holds one piece of one file, the manifests, and the digests.
package struct BagVerification: Sendable {
  /// The result of a verification.
  package struct Outcome: Sendable, Equatable {
    /// The faults, one sentence for each file, in the order of their names; empty for a sound bundle.
    package let problems: [String]
    /// How many files the payload has.
    package let files: Int
    /// Their bytes.
    package let bytes: Int
  }

  private let path: String
  private let limits: ArchiveLimits

  /// The verification of the bundle at `path`.
  package init(_ path: String, limits: ArchiveLimits = ArchiveLimits()) {
    self.path = path
    self.limits = limits
  }

  /// - Throws: ``BundlesError`` if the archive cannot be read, holds what it may not hold, or is no bag.
  package func outcome() throws -> Outcome { try outcome { _, _ in } }

  /// The same, and passes each piece of each file to `receive` under its path below the bag's own folder.
  func outcome(receive: (_ path: String, _ piece: [UInt8]) throws -> Void) throws -> Outcome {
    var contents = BagContents()
    var root: String?
    try ArchiveReader(path: path, limits: limits).forEachFile { name, next in
      let parts = name.split(separator: "/", maxSplits: 1)
      guard parts.count == 2 else {
        throw BundlesError.notABag(path: path, reason: "'\(name)' lies outside the bag's folder")
      }
      let file = String(parts[1])
      if let root, root != parts[0] {
        throw BundlesError.notABag(path: path, reason: "it has two folders, '\(root)' and '\(parts[0])'")
      }
      root = String(parts[0])
      let isTag = !file.hasPrefix(BagLayout.payload)
      let digests = ContentDigests()
      var text: [UInt8] = []
      var count = 0
      while true {
        let piece = try next()
        if piece.isEmpty { break }
        count += piece.count
        digests.update(piece)
        if isTag {
          text += piece
          guard text.count <= BagLayout.largestTagFile else {
            throw BundlesError.tooLarge(path: path, reason: "\(file) is larger than any manifest")
          }
        }
        try receive(file, piece)
      }
      if count == 0 { try receive(file, []) }
      guard contents.add(file, digests: digests.finished(), bytes: count, text: isTag ? text : nil) else {
        throw BundlesError.notABag(path: path, reason: "it holds '\(file)' twice")
      }
    }
    let declaration = contents.text(BagLayout.declarationFile).flatMap { BagText.lines($0).first }
    guard declaration == "BagIt-Version: 1.0" else {
      throw BundlesError.notABag(path: path, reason: "it has no bagit.txt of BagIt 1.0")
    }
    return Outcome(
      problems: contents.problems, files: contents.payload.count, bytes: contents.payloadBytes)
  }
}
