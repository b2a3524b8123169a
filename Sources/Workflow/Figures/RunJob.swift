/// Executes the runs of the requested figures and stores them, without a report.
package struct RunJob: Sendable {
  /// How many runs the figures have, and how many of them were executed now.
  package struct Summary: Sendable, Equatable {
    package let runs: Int
    package let executed: Int
  }
  private let request: WorkRequest
  private let places: WorkPlaces
  private let selection: WorkSelection?
  private let keepsWeights: Bool

  /// - Parameters:
  ///   - selection: the part of the work to execute; nil for all.
  ///   - keepsWeights: whether the trained weights, S and its labels are written to the store.
  package init(
    _ request: WorkRequest, in places: WorkPlaces, only selection: WorkSelection? = nil,
    keepsWeights: Bool = false
  ) {
    self.selection = selection
    self.request = request
    self.places = places
    self.keepsWeights = keepsWeights
  }

  /// Executes what is missing; throws what ``Workload`` throws.
  package func execute(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (WorkEvent) -> Void = { _ in }
  ) async throws -> Summary {
    let results = try await Workload(request, in: places, only: selection, tell: tell).execute(
      keepsWeights: keepsWeights, isCancelled: isCancelled, tell: tell)
    return Summary(runs: results.records.count, executed: results.executed)
  }
}
