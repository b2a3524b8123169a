import Dispatch
import Foundation
import Synchronization

/// Takes the processor time, user and system together, of a piece of work among others in one process.
///
/// Where work goes on side by side, each piece is told by its threads: the one that it began on, and those that help it
/// in ``concurrently(_:_:)``, which all loops over cores in runs are. Threads of a library, such as libgomp's, are
/// not known by whom they help; work that has the process to itself counts all of them. Time on a GPU is none of a
/// processor.
package final class ProcessorMeter: Sendable {
  /// Whose time counts.
  package enum Scope: Sendable {
    /// Of the thread of the work, and of its helpers.
    case ofWork
    /// Of all threads of the process: for work that nothing else goes on beside.
    case ofProcess
  }

  /// The meter of the work that this thread does or helps in; nil where nobody takes its time.
  @TaskLocal package static var current: ProcessorMeter?

  private let scope: Scope
  /// Seconds of helping threads.
  private let helped = Mutex(0.0)

  private init(_ scope: Scope) { self.scope = scope }

  /// Does `work`, whose processor time ``current`` tells meanwhile.
  package static func following<Result>(_ scope: Scope, _ work: () throws -> Result) rethrows -> Result {
    try $current.withValue(ProcessorMeter(scope)) { try work() }
  }

  /// Processor time so far, in seconds: only the difference of two readings on the work's own thread means anything.
  package var seconds: Double {
    scope == .ofProcess ? Self.secondsOfProcess : Self.secondsOfThread + helped.withLock(\.self)
  }

  /// Processor time of all threads of this process since it began, in seconds.
  package static var secondsOfProcess: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// Does `work` for each number below `iterations` on all cores, as `DispatchQueue.concurrentPerform` does, and counts
  /// the time of all threads for the caller's meter.
  package static func concurrently(_ iterations: Int, _ work: @Sendable (Int) -> Void) {
    guard let meter = current else {
      return DispatchQueue.concurrentPerform(iterations: iterations, execute: work)
    }
    let caller = pthread_self()
    DispatchQueue.concurrentPerform(iterations: iterations) { number in
      if pthread_equal(pthread_self(), caller) != 0 { return work(number) }
      let start = secondsOfThread
      // What helps this thread in turn counts as well.
      $current.withValue(meter) { work(number) }
      let taken = secondsOfThread - start
      meter.helped.withLock { $0 += taken }
    }
  }

  private static var secondsOfThread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
