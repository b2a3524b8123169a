import Planning

/// A function of a sample, with what the sample says of it.
public struct SampledFunction: Sendable, Equatable {
  /// Its place by frequency, from 1.
  public let rank: Int
  /// Its outputs on all inputs, in hexadecimal digits.
  public let function: String
  /// In how many samples it was found.
  public let count: Int
  /// The samples drawn.
  public let samples: Int
  /// Its Lempel–Ziv complexity, in bits.
  public let complexity: Double

  /// The function of a rank; nil where the sample keeps none of that rank.
  init?(rank: Int, in sample: FunctionSampleResult) {
    guard sample.functions.indices.contains(rank - 1) else { return nil }
    self.rank = rank
    function = sample.functions[rank - 1]
    count = sample.counts[rank - 1]
    samples = sample.samples
    complexity = sample.complexities[rank - 1]
  }

  /// P(f) ≈ count/N.
  public var probability: Double { Double(count) / Double(samples) }
}
