import Specifications

/// Where a figure comes from: enough to make it again and to see whether it is the same.
package struct FigureProvenance: Sendable, Equatable {
  /// One run that the figure shows.
  package struct Run: Sendable, Equatable {
    /// The content hash, lower-case hexadecimal.
    package var key: String
    /// Which run it is, such as "|A| = 50, sample 2".
    package var label: String
    /// How closely it comes back.
    package var replay: ReplayClass

    /// All parts, in their order.
    package init(key: String, label: String, replay: ReplayClass) {
      self.key = key
      self.label = label
      self.replay = replay
    }
  }
  /// One data set with the digest of what was read.
  package struct Data: Sendable, Equatable {
    /// The name that specs know it by, such as `mnist`.
    package var name: String
    /// Lower-case hexadecimal.
    package var sha256: String

    /// All parts, in their order.
    package init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }
  /// The runs that the figure shows, in its own order.
  package var runs: [Run]
  /// The seeds of those runs.
  package var seeds: [UInt64]
  /// The data that they read.
  package var data: [Data]
  /// How closely the figure comes back: as its least reproducible run.
  package var replay: ReplayClass
  /// The revisions of the methods behind the figure, such as `training` 1.
  package var revisions: [NamedValue]
  /// What was computed, such as `trainings` 15: counts that do not depend on the machine. The times are in
  /// ``VolatileFacts``.
  package var work: [NamedValue]
  /// The command that makes this figure again.
  package var command: String

  /// All parts, in their order.
  package init(
    runs: [Run], seeds: [UInt64], data: [Data], replay: ReplayClass, revisions: [NamedValue],
    work: [NamedValue], command: String
  ) {
    self.runs = runs
    self.seeds = seeds
    self.data = data
    self.replay = replay
    self.revisions = revisions
    self.work = work
    self.command = command
  }
}
