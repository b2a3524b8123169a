/// One row of the paper's Table 1 as the report prints it: how the sharpness of one system is measured, and
/// which figures used it.
package struct SharpnessSettingsRow: Sendable, Equatable {
  /// The row's name in the specs, such as `mnist-fcn`.
  package var name: String
  /// The data set, as printed.
  package var data: String
  /// The network, as printed.
  package var network: String
  /// ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).
  package var box: Sourced<Double>
  /// Examples a step of the ascent.
  package var batch: Sourced<Int>
  /// The step length of the ascent.
  package var learningRate: Sourced<Double>
  /// Passes of the ascent over S.
  package var epochs: Sourced<Int>
  /// The ids of the figures in this report that used the row.
  package var figures: [String]
}

/// A value with the place it comes from.
package struct Sourced<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The value itself.
  package var value: Value
  /// Tags: P (paper), C (published code), R (recalled), O (our own choice).
  package var sources: [String]

  /// `value`, which comes from `sources`.
  init(_ value: Value, _ sources: [String]) {
    self.value = value
    self.sources = sources
  }
}
