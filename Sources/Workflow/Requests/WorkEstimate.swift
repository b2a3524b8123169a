package import Experiments
package import Specifications

/// What is to do, in the order in which it is done, with the time that it is expected to take.
package struct WorkEstimate: Sendable {
  /// A piece of work that begins and ends as a whole.
  package enum Piece: Sendable {
    /// A sample of functions.
    case sample(FunctionSampleSpec, WorkCost)
    /// The kernels in closed form that the next runs need.
    case kernels([WorkCost])
    /// The Monte-Carlo kernels.
    case monteCarloKernels([WorkCost])
    /// A run, or as much of it as belongs to a stage.
    case run(TrainingSpec, [PartCost])
    /// Drawing the figures and writing the report.
    case report(WorkCost)

    /// Wall time.
    var seconds: Double {
      switch self {
      case .sample(_, let cost), .report(let cost): cost.seconds
      case .kernels(let costs), .monteCarloKernels(let costs): costs.reduce(0) { $0 + $1.seconds }
      case .run(_, let parts): parts.reduce(0) { $0 + $1.cost.seconds }
      }
    }
  }
  /// Pieces of which so many are worked on at once; the next phase begins when all are done.
  package struct Phase: Sendable {
    package let pieces: [Piece]
    package let atOnce: Int

    package init(_ pieces: [Piece], atOnce: Int = 1) {
      self.pieces = pieces
      self.atOnce = atOnce
    }

    /// The wall time of pieces that take so long: never less than the longest.
    static func seconds(_ pieces: [Double], atOnce: Int) -> Double {
      max(pieces.reduce(0, +) / Double(atOnce), pieces.max() ?? 0)
    }
  }
  /// The phases in their order; each belongs to a stage, numbered from 0.
  package private(set) var phases: [(stage: Int, phase: Phase)] = []

  /// Nothing to do yet.
  package init() {}

  /// Adds a phase, unless it is empty.
  package mutating func append(_ phase: Phase, stage: Int) {
    if !phase.pieces.isEmpty { phases.append((stage, phase)) }
  }

  /// Whether there is nothing to do but the report.
  package var isEmpty: Bool {
    phases.allSatisfy { _, phase in
      phase.pieces.allSatisfy { if case .report = $0 { true } else { false } }
    }
  }

  /// The wall time of everything, in seconds.
  package var seconds: Double {
    phases.reduce(0) { sum, item in
      sum + Phase.seconds(item.phase.pieces.map(\.seconds), atOnce: item.phase.atOnce)
    }
  }
}
