package import LinearAlgebra

/// The examples that a network is trained on: S first, then the attacked images A.
package struct TrainingSet: Sendable {
  /// Inputs of S followed by A, shape `[|S| + |A|, d]`.
  package let inputs: Matrix<Float>
  /// Labels 0 or 1, as the loss takes them; A's are flipped already.
  package let labels: [Float]
  /// |S|: the number of examples, from the first, on which the stopping rule looks.
  package let scoredCount: Int

  /// S and A in one matrix, of which the first `scoredCount` rows are S.
  package init(inputs: Matrix<Float>, labels: [UInt8], scoredCount: Int) {
    precondition(labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    precondition(
      (1...max(inputs.rows, 1)).contains(scoredCount),
      "expected between 1 and \(inputs.rows) scored examples, got \(scoredCount)")
    self.inputs = inputs
    self.labels = labels.map(Float.init)
    self.scoredCount = scoredCount
  }
}
