/// One row of the paper's Table 1.
package struct SharpnessSettings: Codable, Hashable, Sendable {
  /// How the largest loss in the box is looked for.
  package enum Method: String, Codable, Hashable, Sendable, CaseIterable {
    /// Stochastic gradient ascent, clipped to the box.
    case sgd
    /// L-BFGS-B (Byrd et al. 1995), the original measure's; of a row it takes the box alone.
    case quasiNewton = "lbfgsb"
    /// Climbs over the corners of the box, L-BFGS-B's among them; of a row it takes the box alone.
    case corners
  }
  /// The row's name, such as `mnist-fcn`.
  package var row: String
  /// How the largest loss in the box is looked for.
  package var method: Method
  /// ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).
  package var box: Double
  /// Examples a step of the ascent.
  package var batch: Int
  /// The step length of the ascent.
  package var learningRate: Double
  /// Epochs of the ascent.
  package var epochs: Int

  /// A row from its values.
  package init(row: String, method: Method, box: Double, batch: Int, learningRate: Double, epochs: Int) {
    self.row = row
    self.method = method
    self.box = box
    self.batch = batch
    self.learningRate = learningRate
    self.epochs = epochs
  }

  /// The row with another search.
  func searched(by method: Method) -> SharpnessSettings {
    var settings = self
    settings.method = method
    return settings
  }
}
