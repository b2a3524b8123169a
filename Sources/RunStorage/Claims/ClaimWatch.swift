import Synchronization

/// For how long this process has seen no sign of life of the owners of claims.
///
/// No clock of another machine counts, and no time of a file: a claim is silent for as long as its text is the
/// same whenever this process looks, on this process's clock. Time in which it did not look, because it or its
/// machine was suspended, counts as one beat at most: the owner may have been suspended as well.
final class ClaimWatch: Sendable {
  static let shared = ClaimWatch()

  private struct Sight {
    let bytes: [UInt8]
    var silence: Duration
    var last: ContinuousClock.Instant
  }
  private let sights = Mutex<[String: Sight]>([:])
  private let now: @Sendable () -> ContinuousClock.Instant

  init(now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) { self.now = now }

  /// For how long `link` has been as it is now; called at every look at it.
  func silence(of link: ClaimChain.Link, beat: Duration) -> Duration {
    sights.withLock { sights in
      let now = now()
      guard var sight = sights[link.path], sight.bytes == link.bytes else {
        sights[link.path] = Sight(bytes: link.bytes, silence: .zero, last: now)
        return .zero
      }
      sight.silence += min(sight.last.duration(to: now), beat)
      sight.last = now
      sights[link.path] = sight
      return sight.silence
    }
  }

  /// Forgets what was seen at `path`.
  func forget(_ path: String) { sights.withLock { $0[path] = nil } }
}
