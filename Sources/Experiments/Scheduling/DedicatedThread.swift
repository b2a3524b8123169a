import Foundation

/// A thread of its own for work that must not move between threads: libgomp keeps a pool of threads for each
/// thread that calls it, and Swift's tasks change theirs.
enum DedicatedThread {
  /// Carries `work` out on a new thread and returns its result.
  static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result(catching: work)) }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }
}
