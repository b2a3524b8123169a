/// What a sample of functions found. All counts are exact.
public struct FunctionSampleResult: Codable, Equatable, Sendable {
  /// What was found of the functions of one Lempel–Ziv complexity.
  public struct ComplexityClass: Codable, Equatable, Sendable {
    /// In bits.
    public var complexity: Double
    /// How many different functions.
    public var functions: Int
    /// In how many samples.
    public var samples: Int
    /// In how many samples the most frequent of them.
    public var largestCount: Int

    /// All parts, in their order.
    public init(complexity: Double, functions: Int, samples: Int, largestCount: Int) {
      self.complexity = complexity
      self.functions = functions
      self.samples = samples
      self.largestCount = largestCount
    }
  }
  /// The networks drawn.
  public var samples: Int
  /// The different functions among them.
  public var distinct: Int
  /// The most frequent functions, in order of rank: their outputs on all inputs in hexadecimal digits, the
  /// first input in the highest bit of the first digit.
  public var functions: [String]
  /// In how many samples each of ``functions`` was found.
  public var counts: [Int]
  /// The Lempel–Ziv complexity of each of ``functions``, in bits.
  public var complexities: [Double]
  /// Every count that some function has, descending.
  public var countValues: [Int]
  /// How many functions have each of ``countValues``.
  public var countFunctions: [Int]
  /// By complexity, ascending: over all functions found, not only those kept.
  public var complexityClasses: [ComplexityClass]

  /// All parts, in their order.
  public init(
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
