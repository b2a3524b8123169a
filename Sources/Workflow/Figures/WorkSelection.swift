import Planning

/// A part of a plan: one task's, or one machine's of several.
package enum WorkSelection: Sendable, Equatable {
  /// The runs and samples at these positions in the plan, from 0.
  case positions(runs: Set<Int>, samples: Set<Int>)
  /// The runs of one machine of `count`, numbered from 1: every count-th. All machines ask for the samples, whose
  /// blocks they share.
  case shard(Int, of: Int)

  func part(of plan: Plan) -> Plan {
    switch self {
    case .positions(let runs, let samples): plan.narrowed(toRuns: runs, samples: samples)
    case .shard(let number, let count):
      plan.narrowed(
        toRuns: Set(plan.runs.indices.filter { $0 % count == number - 1 }), samples: Set(plan.samples.indices)
      )
    }
  }
}
