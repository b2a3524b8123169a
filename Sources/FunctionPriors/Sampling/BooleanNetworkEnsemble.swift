/// Fully connected ReLU networks of Boolean variables with independent Gaussian parameters: weights N(0,
/// σ_w²/fan_in), biases N(0, σ_b²), inputs 0 and 1, and as function the sign of the logit.
///
/// The Boolean system of the paper's §5.1, after Valle-Pérez et al. (2018).
package struct BooleanNetworkEnsemble: Sendable, Equatable {
  /// The most variables: a function of seven has 128 outputs, as many as ``BooleanFunction`` holds.
  package static let largestVariables = 7
  /// n, at least 1 and at most 7.
  package let variables: Int
  /// Units of each hidden layer, input to output; at least one layer.
  package let hidden: [Int]
  /// σ_w².
  package let weightVariance: Double
  /// σ_b².
  package let biasVariance: Double

  /// Networks of a shape and initial distribution.
  package init(variables: Int, hidden: [Int], weightVariance: Double, biasVariance: Double) {
    precondition(
      (1...Self.largestVariables).contains(variables), "expected 1 to 7 variables, got \(variables)")
    precondition(
      !hidden.isEmpty && hidden.allSatisfy { $0 > 0 }, "expected at least one hidden layer, got \(hidden)")
    precondition(
      weightVariance > 0 && biasVariance >= 0 && weightVariance.isFinite && biasVariance.isFinite,
      "expected finite σ_w² > 0 and σ_b² ≥ 0, got \(weightVariance) and \(biasVariance)")
    self.variables = variables
    self.hidden = hidden
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
  }

  /// 2ⁿ.
  package var inputCount: Int { 1 << variables }
}
