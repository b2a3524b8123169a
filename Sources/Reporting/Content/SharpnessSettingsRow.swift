/// One row of the paper's Table 1 as the report prints it: how the sharpness of one system is measured, and
/// which figures used it.
public struct SharpnessSettingsRow: Sendable, Equatable {
  /// The row's name in the specs, such as `mnist-fcn`.
  public var name: String
  /// The data set, as printed.
  public var data: String
  /// The network, as printed.
  public var network: String
  /// ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).
  public var box: Sourced<Double>
  /// Examples a step of the ascent.
  public var batch: Sourced<Int>
  /// The step length of the ascent.
  public var learningRate: Sourced<Double>
  /// Passes of the ascent over S.
  public var epochs: Sourced<Int>
  /// The ids of the figures in this report that used the row.
  public var figures: [String]

  /// All parts, in their order.
  public init(
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
