/// The distribution P(f) in a sample: the most frequent functions, the number of functions with each count,
/// and frequency by complexity. Every count is exact.
///
/// It is made from partitions that have no function in common; their order does not matter.
package struct FunctionTally: Sendable, Equatable {
  /// The functions of one complexity.
  package struct ComplexityClass: Sendable, Equatable {
    /// The number of different functions.
    package var functions = 0
    /// The number of samples in which they were found.
    package var samples = 0
    /// The number of samples in which the most frequent of them was found.
    package var largestCount = 0
  }
  /// N = 2ⁿ.
  package let inputs: Int
  /// The number of most frequent functions that are kept one by one.
  package let kept: Int
  /// The number of different functions found so far.
  package private(set) var distinct = 0
  /// The number of functions by the number of samples in which each was found.
  package private(set) var functionsByCount: [Int: Int] = [:]
  /// The classes by the number of words of the Lempel–Ziv parsings in both directions together.
  private var classes: [Int: ComplexityClass] = [:]
  /// The most frequent functions so far, followed by others that have not been discarded yet.
  private var candidates: [CountedFunction] = []
  /// A function is among the most frequent only if it ranks before this one; nil while fewer than ``kept``
  /// are known.
  private var bar: CountedFunction?

  /// Nothing counted yet.
  package init(inputs: Int, kept: Int) {
    precondition(kept > 0, "expected at least one function to keep, got \(kept)")
    self.inputs = inputs
    self.kept = kept
  }

  /// Counts one partition, gathered from all blocks. Costs a sort and the complexity of each different
  /// function.
  package mutating func add(partition: [CountedFunction]) {
    for counted in CountedFunction.combined(partition) {
      distinct += 1
      functionsByCount[counted.count, default: 0] += 1
      let words = LempelZivComplexity.words(counted.function, inputs: inputs)
      var found = classes[words] ?? ComplexityClass()
      found.functions += 1
      found.samples += counted.count
      found.largestCount = max(found.largestCount, counted.count)
      classes[words] = found
      if let bar, !CountedFunction.ranksBefore(counted, bar) { continue }
      candidates.append(counted)
      if candidates.count >= 2 * kept { settle() }
    }
    settle()
  }

  private mutating func settle() {
    candidates.sort(by: CountedFunction.ranksBefore)
    candidates.removeLast(max(0, candidates.count - kept))
    bar = candidates.count == kept ? candidates.last : nil
  }

  /// Adds another tally, of other partitions of the same sample.
  package mutating func add(_ other: FunctionTally) {
    precondition(
      other.inputs == inputs && other.kept == kept, "expected a tally of the same kind, got \(other)")
    distinct += other.distinct
    functionsByCount.merge(other.functionsByCount, uniquingKeysWith: +)
    classes.merge(other.classes) { one, other in
      ComplexityClass(
        functions: one.functions + other.functions, samples: one.samples + other.samples,
        largestCount: max(one.largestCount, other.largestCount))
    }
    candidates += other.candidates
    settle()
  }

  /// The most frequent functions, the first one most frequent; among equals the smaller number first.
  package var mostFrequent: [CountedFunction] { candidates }

  /// What was found of each complexity, ascending.
  package var complexities: [(bits: Double, found: ComplexityClass)] {
    classes.sorted { $0.key < $1.key }.map {
      (LempelZivComplexity.bits(words: $0.key, inputs: inputs), $0.value)
    }
  }
}
