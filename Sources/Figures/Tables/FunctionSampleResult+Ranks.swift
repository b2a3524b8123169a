import Specifications

extension FunctionSampleResult {
  /// The share of the samples that a function found `count` times has: P(f).
  func probability(ofCount count: Int) -> Double { Double(count) / Double(samples) }

  /// Every count that some function has, descending, with the ranks of those functions.
  var ranksByCount: [(count: Int, ranks: ClosedRange<Int>)] {
    var last = 0
    return zip(countValues, countFunctions).map { count, functions in
      defer { last += functions }
      return (count, last + 1...last + functions)
    }
  }

  /// The functions that are kept by name, by rank.
  var ranked: [SampledFunction] {
    functions.indices.compactMap { SampledFunction(rank: $0 + 1, in: self) }
  }
}
