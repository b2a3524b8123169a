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

  /// All parts, in their order.
  package init(
    name: String, data: String, network: String, box: Sourced<Double>, batch: Sourced<Int>,
    learningRate: Sourced<Double>, epochs: Sourced<Int>, figures: [String]
  ) {
    self.name = name
    self.data = data
    self.network = network
    self.box = box
    self.batch = batch
    self.learningRate = learningRate
    self.epochs = epochs
    self.figures = figures
  }
}
