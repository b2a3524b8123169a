import Planning

/// Where a figure comes from: enough to make it again and to see whether it is the same.
public struct FigureProvenance: Sendable, Equatable {
  /// One run that the figure shows.
  public struct Run: Sendable, Equatable {
    /// The content hash, lower-case hexadecimal.
    public var key: String
    /// Which run it is, such as "|A| = 50, sample 2".
    public var label: String
    /// How closely it comes back.
    public var replay: ReplayClass

    /// All parts, in their order.
    public init(key: String, label: String, replay: ReplayClass) {
      self.key = key
      self.label = label
      self.replay = replay
    }
  }
  /// One data set with the digest of what was read.
  public struct Data: Sendable, Equatable {
    /// The name that specs know it by, such as `mnist`.
    public var name: String
    /// Lower-case hexadecimal.
    public var sha256: String

    /// All parts, in their order.
    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }
  /// The runs that the figure shows, in its own order.
  public var runs: [Run]
  /// The seeds of those runs.
  public var seeds: [UInt64]
  /// The data that they read.
  public var data: [Data]
  /// How closely the figure comes back: as its least reproducible run.
  public var replay: ReplayClass
  /// The revisions of the methods behind the figure, such as `training` 1.
  public var revisions: [NamedValue]
  /// What was computed, such as `trainings` 15: counts that do not depend on the machine. The times are in
  /// ``VolatileFacts``.
  public var work: [NamedValue]
  /// The command that makes this figure again.
  public var command: String

  /// All parts, in their order.
  public init(
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
