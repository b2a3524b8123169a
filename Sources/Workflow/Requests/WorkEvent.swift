package import Experiments
package import RunStorage
package import Specifications

/// What a job tells while it works.
package enum WorkEvent: Sendable {
  /// A run group has other images than its spec names, or none.
  case dataDecided(DataDecision)
  /// A stored file is damaged; it was set aside, and what it held is made again.
  case damagedFile(DamagedFile)
  /// Residual networks are carried out by this engine, as it describes itself.
  case engine(String)
  /// The work that is left is known, with its expected time; it begins now.
  case began(WorkClock)
  /// What happens while runs are executed.
  case execution(Runner.Event)
  /// Figures are drawn and their report is written.
  case writing
  /// The report in this folder stands with the figures that are looked at first; the others follow.
  case written(first: [String], folder: String)
}
