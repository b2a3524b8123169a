package import Experiments
package import RunStorage
package import Specifications

/// What a job tells while it works.
package enum WorkEvent: Sendable {
  /// A run group has other images than its spec names, or none.
  case dataDecided(DataDecision)
  /// A stored file is damaged; it was set aside, and what it held is made again.
  case damagedFile(DamagedFile)
  /// The work that is left is known, with its expected time; it begins now.
  case estimated(WorkEstimate)
  /// What happens while runs are executed.
  case execution(Runner.Event)
}

/// What is to do, and the seconds on one core that it is expected to take.
package struct WorkEstimate: Sendable {
  /// The samples of functions that have to be drawn.
  package var samples: [FunctionSampleSpec: Double] = [:]
  /// The runs that have to be executed.
  package var runs: [TrainingSpec: Double] = [:]
  /// All Monte-Carlo kernels together.
  package var kernels = 0.0

  package init() {}

  /// Whether there is nothing to do.
  package var isEmpty: Bool { samples.isEmpty && runs.isEmpty }

  /// The seconds of everything.
  package var seconds: Double {
    samples.values.sorted().reduce(0, +) + runs.values.sorted().reduce(0, +) + kernels
  }
}
