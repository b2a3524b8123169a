import RunStorage

/// Where a figure comes from: enough to make it again and to see whether it is the same.
public struct FigureProvenance: Sendable, Equatable {
  /// One run that the figure shows.
  public struct Run: Sendable, Equatable {
    /// The content hash, lower-case hexadecimal.
    public var key: String
    /// Which run it is, such as "|A| = 50, sample 2".
    public var label: String

    public init(key: String, label: String) {
      self.key = key
      self.label = label
    }
  }
  /// One data set with the digest of what was read.
  public struct Data: Sendable, Equatable {
    public var name: String
    public var sha256: String

    public init(name: String, sha256: String) {
      self.name = name
      self.sha256 = sha256
    }
  }
  public var runs: [Run]
  public var seeds: [UInt64]
  public var data: [Data]
  public var replay: ReplayClass
  /// The method revisions that entered the runs' keys, such as `training` 1.
  public var revisions: [NamedValue]
  /// The command that makes this figure again.
  public var command: String

  public init(
    runs: [Run], seeds: [UInt64], data: [Data], replay: ReplayClass, revisions: [NamedValue],
    command: String
  ) {
    self.runs = runs
    self.seeds = seeds
    self.data = data
    self.replay = replay
    self.revisions = revisions
    self.command = command
  }
}
