/// What a sample says of P(f) as a whole: the most frequent functions, how many functions have which count,
/// and how frequency goes with complexity. Every count is exact.
///
/// Made from partitions that have no function in common, in any order: the result is the same.
package struct FunctionTally: Sendable, Equatable {
  /// What was found of the functions of one complexity.
  package struct ComplexityClass: Sendable, Equatable {
    /// How many different functions.
    package var functions = 0
    /// In how many samples.
    package var samples = 0
    /// In how many samples the most frequent of them.
    package var largestCount = 0
  }
  /// N = 2ⁿ.
  package let inputs: Int
  /// How many of the most frequent functions are kept by name.
  package let kept: Int
  /// The functions found so far, each once.
  package private(set) var distinct = 0
  /// How many functions were found so many times.
  package private(set) var functionsByCount: [Int: Int] = [:]
  /// By the words of the Lempel–Ziv parsing, both ways together.
  private var classes: [Int: ComplexityClass] = [:]
  /// The most frequent functions so far, with more behind them that may turn out not to be.
  private var candidates: [CountedFunction] = []
  /// What a function has to rank before to be among them; nil as long as there are fewer than are kept.
  private var bar: CountedFunction?

  /// Nothing counted yet.
  package init(inputs: Int, kept: Int) {
    precondition(kept > 0, "expected at least one function to keep, got \(kept)")
    self.inputs = inputs
    self.kept = kept
  }

  /// Counts one partition, gathered from all blocks: a sort, and the complexity of each different function.
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
