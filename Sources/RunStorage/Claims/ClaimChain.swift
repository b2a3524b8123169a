import Encodings

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files of one claim: the first, named for what is claimed, and behind a dead owner's file that of its
/// successor, named for the dead owner's token.
///
/// A file that does not hang on the first one by such names counts for nothing: tokens are never used twice,
/// so that it will never do so again.
struct ClaimChain {
  struct Link: Equatable {
    let path: String
    let bytes: [UInt8]
    /// Nil where the file is not what an owner writes.
    let owner: ClaimOwner?
    /// What the successor's file is named for.
    let token: String

    init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
      owner = ClaimText(bytes)?.owner
      // The path counts, too: else a chain of empty files would be one that bites its tail.
      token = owner?.token.uuidString ?? String(SHA256.hex(of: Array(path.utf8) + bytes).prefix(32))
    }
  }
  private(set) var links: [Link] = []

  /// Where the successor of the owner with `token` puts its file, for the claim at `path`.
  static func path(after token: String, _ path: String) -> String { "\(path).after-\(token)" }

  /// The chain that begins at `path`, as it is now.
  init(at path: String) throws(StorageError) {
    FileSystem.seeNames(in: FileSystem.parent(of: path))
    var next = path
    while let bytes = try FileSystem.contents(of: next) {
      let link = Link(path: next, bytes: bytes)
      links.append(link)
      next = Self.path(after: link.token, path)
    }
  }
}
