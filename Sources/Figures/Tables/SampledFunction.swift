import Specifications

/// A function of a sample, with its rank, its count and its complexity.
package struct SampledFunction: Sendable, Equatable {
  /// Its rank by frequency, from 1.
  package let rank: Int
  /// Its outputs on all inputs, in hexadecimal digits.
  package let function: String
  /// The number of networks that express it.
  package let count: Int
  /// The samples drawn.
  package let samples: Int
  /// Its Lempel–Ziv complexity, in bits.
  package let complexity: Double

  /// The function of a rank; nil if the sample does not keep that rank.
  init?(rank: Int, in sample: FunctionSampleResult) {
    guard sample.functions.indices.contains(rank - 1) else { return nil }
    self.rank = rank
    function = sample.functions[rank - 1]
    count = sample.counts[rank - 1]
    samples = sample.samples
    complexity = sample.complexities[rank - 1]
  }

  /// P(f) ≈ count/N.
  package var probability: Double { Double(count) / Double(samples) }
}
