import Experiments
import Synchronization

/// The progress of one call, told by the threads at work and asked by whoever shows it.
package final class WorkClock: Sendable {
  private let state: Mutex<WorkProgress>

  /// The clock of work that begins now.
  package init(_ estimate: WorkEstimate) { state = Mutex(WorkProgress(estimate)) }

  /// How far the work is.
  package var progress: WorkProgress { state.withLock { $0 } }

  /// Takes note of an event.
  func record(_ event: Runner.Event) { state.withLock { $0.record(event) } }

  /// Figures are being drawn.
  func writing() { state.withLock { $0.recordWriting() } }

  /// The report stands.
  func written() { state.withLock { $0.recordWritten() } }
}
