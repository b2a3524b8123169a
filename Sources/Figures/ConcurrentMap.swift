import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What `transform` makes of each element, in their order, on all cores.
  ///
  /// - Throws: the error of the first element, in their order, for which `transform` throws.
  package func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) throws -> Result
  ) rethrows -> [Result] {
    let results = Mutex([Swift.Result<Result, any Error>?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = Swift.Result { try transform(self[index]) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { $0 }.map { result in
      guard let result else { preconditionFailure("expected a result for every element") }
      return try result.get()
    }
  }
}
