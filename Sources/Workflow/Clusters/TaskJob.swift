package import Clusters
import Experiments
import Foundation
import Planning
import RunStorage
import Specifications

/// Executes one task of a submission's array: its items, one after another on the cores of its class.
package struct TaskJob: Sendable {
  /// How a task ended.
  package enum Outcome: Sendable, Equatable {
    /// Everything is stored.
    case done
    /// It was stopped, or something failed that is worth another try: back into the queue.
    case comeAgain(reason: String)
    /// What cannot be made, and why, by the names of items.
    case failed([String: String])
    /// Nothing moves from one attempt to the next.
    case circling
  }
  /// What was submitted is not what this program plans.
  package struct OtherPlan: Error, CustomStringConvertible {
    let item: WorkItem

    package var description: String {
      """
      the plan has no \(item.label) of the key \(item.key) in its place: the images on this node are not those that \
      were there when the work was submitted, or the program is another one. Make both the same on all nodes, or \
      submit again
      """
    }
  }
  private let submission: Submission
  private let array: String
  private let task: Int
  private let places: @Sendable (_ data: String?) -> WorkPlaces

  /// - Parameter places: where specs, templates and images are, given the folder of images that the user named.
  package init(
    _ submission: Submission, array: String, task: Int,
    places: @escaping @Sendable (_ data: String?) -> WorkPlaces
  ) {
    self.submission = submission
    self.array = array
    self.task = task
    self.places = places
  }

  /// Executes what is left of the task's items. One that fails leaves the others alone.
  ///
  /// - Throws: what ``Workload`` throws where nothing can be done at all, `Submission.Unreadable`, ``OtherPlan``.
  package func execute(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (WorkEvent) -> Void = { _ in }
  ) async throws -> Outcome {
    let manifest = try submission.manifest()
    let request = manifest.request
    let cores = manifest.jobs.first { $0.array == array }?.cores ?? 1
    let items = try submission.items(ofTask: task, of: array)
    let stored = StoredProgress(store: request.store)
    let (attemptsPath, underWayPath) = (
      submission.attemptsPath(array, task), submission.underWayPath(array, task)
    )
    let endPath = submission.endPath(array, task)
    let end = try? String(contentsOf: URL(fileURLWithPath: endPath), encoding: .utf8)
    try? FileManager.default.removeItem(atPath: endPath)
    var attempts = TaskAttempts.read(attemptsPath)
    attempts.begin(
      progress: items.map { stored.mark(of: $0.key, part: $0.part) }.joined(),
      underWay: UnderWay.read(underWayPath), wasTakenAway: BatchScript.wasTakenAway(end: end))
    try attempts.write(to: attemptsPath)
    guard !attempts.isCircling else { return .circling }
    let work = TaskWork(
      items: items.filter { !attempts.isGivenUp($0.name) }, request: request,
      engine: try .init(ofTask: items.first?.resources ?? .core, in: request), jobs: cores,
      places: places(request.data), underWay: UnderWay(path: underWayPath), isCancelled: isCancelled,
      tell: tell)
    let failures = try await work.execute()
    if isCancelled() { return .comeAgain(reason: "it was asked to stop; what was done is stored") }
    let isWorthAnotherTry = attempts.end(failures: failures)
    try attempts.write(to: attemptsPath)
    if isWorthAnotherTry {
      return .comeAgain(reason: failures.map { "\($0): \($1)" }.sorted().joined(separator: "; "))
    }
    return attempts.failures.isEmpty ? .done : .failed(attempts.failures)
  }
}
