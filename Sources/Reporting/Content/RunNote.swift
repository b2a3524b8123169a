/// A run that did not end as it should. Such runs are kept and named, never dropped.
package struct RunNote: Sendable, Equatable {
  /// How the run ended.
  package enum Kind: String, Sendable, Equatable {
    /// The cap of epochs came before zero error on S.
    case notConverged = "not converged"
    /// The loss became NaN or infinite, or the run ended with an error.
    case failed
  }
  /// How it ended.
  package var kind: Kind
  /// The id of the figure that asked for it.
  package var figure: String
  /// The run's content hash.
  package var key: String
  /// Which run, such as "|A| = 450, sample 3".
  package var run: String
  /// What happened, and what became of its point.
  package var detail: String
}
