/// What one stage of an unfinished run goes on from: numbers and arrays by name.
public struct Checkpoint: Equatable, Sendable {
  /// Counts, losses and the like, exactly.
  public var numbers: [String: [Double]]
  /// Parameters and other long arrays.
  public var arrays: [String: [Float]]

  /// A checkpoint of these numbers.
  public init(numbers: [String: [Double]], arrays: [String: [Float]]) {
    self.numbers = numbers
    self.arrays = arrays
  }
}
