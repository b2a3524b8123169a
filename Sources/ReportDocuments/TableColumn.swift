/// The columns by which readers of a report's tables know which row is which.
///
/// All other columns are values: a reader compares them under whatever name they have.
package enum TableColumn: String, Sendable, CaseIterable {
  /// The content hash of the run.
  case run = "run_sha256"
  /// The name of the data set, as in specs.
  case dataset
  /// The kind of network; empty or absent for fully connected networks.
  case network
  /// The optimiser.
  case optimiser
  /// |A|.
  case attackSize = "attack_size_images"
  /// The number of the sample at this |A|.
  case sample
  /// The seed of the run's random streams.
  case seed
  /// The rank of the function that the run was trained to, if that is one of a sample.
  case functionRank = "function_rank"
  /// How many epochs past zero error the network is measured.
  case epochsPast = "epochs_past_zero_error"
  /// The group of runs of a timeline.
  case group
  /// The epoch of a timeline's point.
  case epoch
  /// What is special about a timeline's point, such as `zero-error`.
  case point
}
