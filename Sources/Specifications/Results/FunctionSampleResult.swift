/// What a sample of functions found. All counts are exact.
package struct FunctionSampleResult: Codable, Equatable, Sendable {
  /// What was found of the functions of one Lempel–Ziv complexity.
  package struct ComplexityClass: Codable, Equatable, Sendable {
    /// In bits.
    package var complexity: Double
    /// How many different functions.
    package var functions: Int
    /// In how many samples.
    package var samples: Int
    /// In how many samples the most frequent of them.
    package var largestCount: Int

    /// All parts, in their order.
    package init(complexity: Double, functions: Int, samples: Int, largestCount: Int) {
      self.complexity = complexity
      self.functions = functions
      self.samples = samples
      self.largestCount = largestCount
    }
  }
  /// The networks drawn.
  package var samples: Int
  /// The different functions among them.
  package var distinct: Int
  /// The most frequent functions, in order of rank: their outputs on all inputs in hexadecimal digits, the
  /// first input in the highest bit of the first digit.
  package var functions: [String]
  /// In how many samples each of ``functions`` was found.
  package var counts: [Int]
  /// The Lempel–Ziv complexity of each of ``functions``, in bits.
  package var complexities: [Double]
  /// Every count that some function has, descending.
  package var countValues: [Int]
  /// How many functions have each of ``countValues``.
  package var countFunctions: [Int]
  /// By complexity, ascending: over all functions found, not only those kept.
  package var complexityClasses: [ComplexityClass]

  /// All parts, in their order.
  package init(
    samples: Int, distinct: Int, functions: [String], counts: [Int], complexities: [Double],
    countValues: [Int], countFunctions: [Int], complexityClasses: [ComplexityClass]
  ) {
    self.samples = samples
    self.distinct = distinct
    self.functions = functions
    self.counts = counts
    self.complexities = complexities
    self.countValues = countValues
    self.countFunctions = countFunctions
    self.complexityClasses = complexityClasses
  }
}
