import Foundation
package import Planning

/// Who makes what in a store, so that several processes share the work: each result is made by one of them, and
/// the others take it.
///
/// A claim is a file `claims/<sha256>` that names its owner (``ClaimOwner``), put there with all its text in one
/// step where no file is. The owner changes the text every beat. Others call it dead when they saw the same
/// text for the lease (``ClaimWatch``); at once where the owner's kernel is theirs, and knows better: the file's
/// lock is free and the process is gone, as far as each of the two can be asked.
///
/// The successor of a dead owner puts its file at `claims/<sha256>.after-<token>`, with the token of the dead
/// one's claim, again where no file is; so there is one successor. It hangs on the file before it
/// (``ClaimChain``), and this may hang on one of an earlier dead owner. At the end the first file is removed, and
/// with it the claim is free, and then the others.
///
/// Why no two have one claim at once:
/// - *Two that come first, or two that succeed one owner:* one of them makes the file.
/// - *A successor that was slow,* while another succeeded, ended, and a third began anew: it reads the chain once
///   more when it has made its file. Tokens are used once, so the chain does not lead to it, and it withdraws.
/// - *An owner that was thought dead, and wakes:* it changes its text and then looks for a successor; the
///   successor makes its file and then looks whether the text is still the same. One of them sees the other and
///   gives way, or both do. The owner that has lost its claim (``Claim/isLost``) touches no file of it.
/// - *An owner that ends its claim* does so within half a lease of a look that found it in order, or looks before.
///   Only one that is suspended between this look and the removal, for half a lease, could remove a file that others
///   hang on; they would see it at their next beat, and lose their claim.
/// - *A successor that dies before it looks again:* the next needs all owners of the chain to be dead.
package struct WorkClaims: Sendable {
  /// The right to make one thing, until this value goes.
  package final class Claim: Sendable {
    private let hold: ClaimHold

    fileprivate init(_ hold: ClaimHold) {
      self.hold = hold
      ClaimRenewal.shared.add(hold)
    }

    /// Whether another may have taken it, since this process was suspended for too long. The work should then
    /// stop as if it were cancelled, and leave what it has to the other.
    package var isLost: Bool { hold.isLost }

    /// Shows others a sign of life now; the thread of ``ClaimRenewal`` does so every beat.
    func renew() { hold.renew() }

    deinit { hold.release() }
  }
  private let folder: String
  /// For how long a claim is kept without a sign of life.
  var lease: Duration = .seconds(90)
  /// The process that claims; a test puts one of another machine in its place.
  var process = ProcessName.this
  var lock = FileLock()
  var watch = ClaimWatch.shared
  /// The system call `link`; a test puts a file system without second names in its place.
  var link: @Sendable (_ path: String, _ second: String) -> Int32 = {
    #if canImport(Glibc)
      Glibc.link($0, $1)
    #else
      Darwin.link($0, $1)
    #endif
  }

  /// The claims of the store in `folder`.
  package init(store folder: String) { self.folder = "\(folder)/claims" }

  /// The time between two signs of life of an owner.
  static func beat(ofLease lease: Duration) -> Duration { lease / 6 }

  /// Claims what `key` names; nil where another has claimed it.
  package func claim(_ key: ContentKey) throws(StorageError) -> Claim? {
    try FileSystem.makeFolder(folder)
    let path = "\(folder)/\(key)"
    let chain = try ClaimChain(at: path)
    // All are looked at, so that the silence of each is known.
    guard chain.links.filter({ !isDead($0) }).isEmpty else { return nil }
    let place = chain.links.last.map { ClaimChain.path(after: $0.token, path) } ?? path
    let text = ClaimText(
      ClaimOwner(process: process, token: UUID(), lease: Int(lease / .milliseconds(1))))
    let start = ContinuousClock.now
    guard let file = try put(text.bytes, at: place) else { return nil }
    let hold = ClaimHold(text, behind: chain, at: place, file: file, lease: lease, since: start)
    if !chain.links.isEmpty {
      let now: ClaimChain
      do {
        now = try ClaimChain(at: path)
      } catch {
        unlink(place)
        throw error
      }
      guard now.links.dropLast() == chain.links[...], now.links.last?.bytes == text.bytes else {
        unlink(place)
        return nil
      }
    }
    for link in chain.links { watch.forget(link.path) }
    return Claim(hold)
  }

  /// Calls `body` with the claim to what `key` names; waits for it as long as `isCancelled` is false, and gives
  /// nil where it becomes true.
  ///
  /// - Parameters:
  ///   - waiting: called once, before the wait.
  ///   - body: gives nil where it is cancelled or its claim is lost; it is called again after a lost one.
  package func holding<Result>(
    _ key: ContentKey, isCancelled: () -> Bool, waiting: () -> Void, _ body: (Claim) throws -> Result?
  ) throws -> Result? {
    var hasToldOfWaiting = false
    while true {
      if let claim = try claim(key) {
        defer { withExtendedLifetime(claim) {} }
        if let result = try body(claim) { return result }
        if !claim.isLost { return nil }
      }
      if isCancelled() { return nil }
      if !hasToldOfWaiting { waiting() }
      hasToldOfWaiting = true
      usleep(Self.pause)
    }
  }

  /// Microseconds between two looks at a claim of another.
  package static let pause: UInt32 = 200_000

  /// The owners of all claims, by what they claim; those that are dead are among them until they have a
  /// successor.
  package func owners() throws(StorageError) -> [ContentKey: ClaimOwner] {
    var owners: [ContentKey: ClaimOwner] = [:]
    for key in FileSystem.names(in: folder).compactMap({ ContentKey($0) }) {
      owners[key] = try ClaimChain(at: "\(folder)/\(key)").links.last?.owner
    }
    return owners
  }

  /// Removes the files of claims whose owners are known to be dead, and those that count for nothing.
  func removeLeftOvers() {
    TemporaryEntry.removeLeftOvers(in: folder)
    let names = FileSystem.names(in: folder)
    for name in names {
      if let key = ContentKey(name) { _ = try? claim(key) }
    }
    for name in names {
      guard let match = name.wholeMatch(of: /([0-9a-f]{64})\.after-.+/),
        let chain = try? ClaimChain(at: "\(folder)/\(match.output.1)")
      else { continue }
      let path = "\(folder)/\(name)"
      if !chain.links.contains(where: { $0.path == path }) { unlink(path) }
    }
  }

  private func isDead(_ link: ClaimChain.Link) -> Bool {
    let lease = link.owner.map { .milliseconds($0.lease) } ?? lease
    let silence = watch.silence(of: link, beat: Self.beat(ofLease: lease))
    return silence >= lease || link.owner.map { hasEnded($0.process, link.path) } ?? false
  }

  /// Whether the kernel proves that the owner of a claim has ended.
  private func hasEnded(_ owner: ProcessName, _ path: String) -> Bool {
    guard owner.sharesKernel(with: process) else { return false }
    let hasEnded = owner.hasEnded(seenBy: process)
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return hasEnded ?? false }
    defer { close(descriptor) }
    switch (try? lock.take(descriptor, path, waits: false)) ?? .isUnsupported {
    case .isHeld: return false
    // The lock is let go by an owner of any namespace of this kernel.
    case .taken: return hasEnded ?? true
    case .isUnsupported, .needsWriting: return hasEnded ?? false
    }
  }

  /// Puts a file with all its text and with its lock at `path`, where no file is; nil where there is one.
  private func put(_ text: [UInt8], at path: String) throws(StorageError) -> TemporaryEntry? {
    let file = try TemporaryEntry.file(in: folder, lock: lock)
    defer { unlink(file.path) }
    try FileSystem.rewrite(file.path, with: text)
    if link(file.path, path) == 0 { return file }
    switch errno {
    case EEXIST:
      // The answer of a server may have been lost, and the call been made again.
      return FileSystem.isSame(file.descriptor, path) ? file : nil
    case EPERM, ENOSYS, EOPNOTSUPP, ENOTSUP, EMLINK:
      // A file system without second names. Whoever sees the empty file meanwhile waits for the lease.
      do {
        try FileSystem.create([], at: path)
      } catch {
        if case .system(_, _, EEXIST) = error { return nil }
        throw error
      }
      try FileSystem.call("rename a temporary file to", path) { Int(rename(file.path, path)) }
      return file
    case let code: throw .system(operation: "make", path: path, code: code)
    }
  }
}
