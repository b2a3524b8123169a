/// What became of the two correlations with generalization, the prior's and that of flatness, under each of several
/// optimisers, which trained networks of one kind on the same images.
package struct OptimiserVerdicts: Sendable, Equatable {
  /// What a claim's verdict says of a correlation.
  package enum Outcome: Sendable, Equatable {
    /// It is there: the claim that says so holds, or the claim that it breaks does not.
    case held
    /// It is not: the claim that says so does not hold, or the claim that it breaks does.
    case broke
    case undecided
    case notJudged
  }
  /// One optimiser.
  package struct Optimiser: Sendable, Equatable {
    /// Its name, such as "Adam".
    package var name: String
    /// Of log P(f) with generalization, under the likelihood that is drawn.
    package var prior: Outcome
    /// Of flatness with generalization.
    package var flatness: Outcome
  }
  /// The networks and images, such as "FCN on MNIST".
  package var system: String
  /// In the order of the report; at least two.
  package var optimisers: [Optimiser]
}
