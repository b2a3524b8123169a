/// The functions that a run group trains to: the most frequent ones of a sample.
package struct SampledTargets: Equatable, Sendable {
  /// n, the Boolean variables.
  package var variables: Int
  /// How many networks are drawn.
  package var samples: Int
  /// How many of the most frequent functions are kept by name; at least ``functions``.
  package var kept: Int
  /// To how many of them a network is trained, from rank 1.
  package var functions: Int

  /// Targets from their parts.
  package init(variables: Int, samples: Int, kept: Int, functions: Int) {
    self.variables = variables
    self.samples = samples
    self.kept = kept
    self.functions = functions
  }
}
