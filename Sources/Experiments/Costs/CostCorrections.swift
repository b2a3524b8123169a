import RunStorage

/// What the work of one call took beside what was expected of it, to correct what is expected of the rest.
package struct CostCorrections: Sendable {
  private struct Sums {
    var counted = 0.0
    var expected = 0.0
    var taken = 0.0
  }
  private var classes: [WorkClass: Sums] = [:]
  private var all = Sums()
  /// The expectation counts as much as so many seconds of work that took as long as expected.
  private static let trust = (ofClass: 1.0, ofAll: 10.0)

  package init() {}

  /// Adds work that is done. Work of several classes that was timed as one is divided as it was expected.
  package mutating func add(_ costs: [WorkCost], taken: Double) {
    let expected = costs.reduce(0) { $0 + $1.seconds }
    guard expected > 0, expected.isFinite else { return }
    for cost in costs {
      var sums = classes[cost.workClass] ?? Sums()
      sums.counted += cost.counted
      sums.expected += cost.seconds
      sums.taken += taken * cost.seconds / expected
      classes[cost.workClass] = sums
    }
    all.expected += expected
    all.taken += taken
  }

  /// What work is expected to take now.
  package func seconds(_ cost: WorkCost) -> Double {
    let common = (Self.trust.ofAll + all.taken) / (Self.trust.ofAll + all.expected)
    let sums = classes[cost.workClass] ?? Sums()
    return cost.seconds * (common * Self.trust.ofClass + sums.taken) / (Self.trust.ofClass + sums.expected)
  }

  /// What the work took, for later calls.
  package var history: CostHistory {
    CostHistory(classes.mapValues { CostStore.Times(counted: $0.counted, taken: $0.taken) })
  }
}
