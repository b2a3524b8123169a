/// A sample of the functions that random networks of Boolean variables express: what P(f) is counted in.
///
/// A pure value, as ``TrainingSpec`` is. The networks' inputs are all 2ⁿ combinations of n variables, each 0
/// or 1.
package struct FunctionSampleSpec: Codable, Hashable, Sendable {
  /// The networks, with their initial distribution.
  package var network: NetworkSpec
  /// n, from 1 to 7.
  package var variables: Int
  /// How many networks are drawn.
  package var samples: Int
  /// How many of the most frequent functions are kept by name.
  package var kept: Int
  /// The seed of the report.
  package var seed: UInt64

  /// A sample from its parts.
  package init(network: NetworkSpec, variables: Int, samples: Int, kept: Int, seed: UInt64) {
    self.network = network
    self.variables = variables
    self.samples = samples
    self.kept = kept
    self.seed = seed
  }

  /// 2ⁿ.
  package var inputCount: Int { 1 << variables }
}
