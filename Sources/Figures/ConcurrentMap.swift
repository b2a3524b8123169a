import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// What `transform` makes of each element, in their order, on all cores.
  ///
  /// - Throws: the error of the first element, in their order, for which `transform` throws.
  package func concurrentMap<Result: Sendable, Failure: Error>(
    _ transform: @Sendable (Element) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let results = Mutex([Swift.Result<Result, Failure>?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = Swift.Result { () throws(Failure) in try transform(self[index]) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { $0 }.map { result throws(Failure) in
      guard let result else { preconditionFailure("expected a result for every element") }
      return try result.get()
    }
  }
}
