import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A claim of this process, from its taking to its end.
///
/// Others may take it when they saw nothing of it for the lease, so it is certain only for half a lease after
/// the last renewal that was found to be in order. Where that is longer ago, because the process was
/// suspended or its disk did not answer, it is renewed before anything is removed.
final class ClaimHold: Sendable {
  private struct State {
    /// The file, under the lock that others of this machine may ask for; nil after the end.
    var file: TemporaryEntry?
    var text: ClaimText
    /// Just before the last renewal that was found to be in order.
    var sure: ContinuousClock.Instant
    /// When the next renewal is due.
    var due: ContinuousClock.Instant
  }
  private let state: Mutex<State>
  private let lost = Atomic(false)
  /// The files up to this one's, the first of the chain in front.
  private let paths: [String]
  /// The token of the first.
  private let first: String
  private let beat: Duration
  private let certainty: Duration

  /// - Parameters:
  ///   - chain: the links that it hangs on, of dead owners.
  ///   - path: where its own file is.
  ///   - start: just before that was made.
  init(
    _ text: ClaimText, behind chain: ClaimChain, at path: String, file: TemporaryEntry, lease: Duration,
    since start: ContinuousClock.Instant
  ) {
    paths = chain.links.map(\.path) + [path]
    first = chain.links.first?.token ?? text.owner.token.uuidString
    (beat, certainty) = (WorkClaims.beat(ofLease: lease), lease / 2)
    state = Mutex(State(file: file, text: text, sure: start, due: start + beat))
  }

  /// Whether another may have taken it: its owner was suspended, or its disk was out of reach, for too long.
  var isLost: Bool { lost.load(ordering: .relaxed) }

  /// When the next renewal is due.
  var due: ContinuousClock.Instant { state.withLock { $0.due } }

  /// Shows others that the owner lives, and looks whether one of them has taken the claim.
  func renew() { state.withLock { renew(&$0) } }

  private func renew(_ state: inout State) {
    guard state.file != nil else { return }
    let start = ContinuousClock.now
    state.due = start + beat
    state.text.beat += 1
    do throws(StorageError) {
      try FileSystem.rewrite(paths[paths.count - 1], with: state.text.bytes)
      // Written before it is read: a successor reads again what it found silent after it has made its file,
      // so that one of the two sees the other.
      let chain = try ClaimChain(at: paths[0])
      if chain.links.map(\.path) == paths, chain.links.first?.token == first {
        state.sure = start
      } else {
        lose(&state)
      }
    } catch {
      if case .system(_, _, ENOENT) = error { lose(&state) }
      // Else the disk does not answer. Nobody is kept from taking the claim, and the next beat will tell.
    }
  }

  private func isSure(_ state: State) -> Bool { state.sure.duration(to: .now) < certainty }

  private func lose(_ state: inout State) {
    lost.store(true, ordering: .relaxed)
    state.file = nil
    ClaimRenewal.shared.remove(self)
  }

  /// Ends the claim.
  func release() {
    ClaimRenewal.shared.remove(self)
    state.withLock { state in
      for _ in 0..<3 where !isSure(state) { renew(&state) }
      // The first file goes first: what hung on it counts for nothing then. The lock is let go when nothing
      // is left that it could be asked for.
      if state.file != nil, isSure(state) {
        for path in paths { unlink(path) }
      }
      state.file = nil
    }
  }
}
