/// What one stage of an unfinished run goes on from: numbers and arrays by name.
package struct Checkpoint: Equatable, Sendable {
  /// Counts, losses and the like, exactly.
  package var numbers: [String: [Double]]
  /// Parameters and other long arrays.
  package var arrays: [String: [Float]]

  /// A checkpoint of these numbers.
  package init(numbers: [String: [Double]], arrays: [String: [Float]]) {
    self.numbers = numbers
    self.arrays = arrays
  }
}
