import NeuralNetworks

/// The loss on S as a function of the coordinates u ∈ [−1, 1] of a box.
struct LossInBox {
  private let workspace: DoublePrecisionWorkspace
  private let lower: [Double]
  private let upper: [Double]

  init(workspace: DoublePrecisionWorkspace, box: ParameterBox) {
    self.workspace = workspace
    lower = box.lower.map(Double.init)
    upper = box.upper.map(Double.init)
  }

  private func middle(_ i: Int) -> Double { (lower[i] + upper[i]) / 2 }
  private func halfWidth(_ i: Int) -> Double { (upper[i] - lower[i]) / 2 }

  /// The coordinates of parameters in the box; 0 where Float32 leaves the box no width.
  func coordinates(of parameters: [Float]) -> [Double] {
    parameters.indices.map { i in
      let width = halfWidth(i)
      return width > 0 ? min(1, max(-1, (Double(parameters[i]) - middle(i)) / width)) : 0
    }
  }

  /// The parameters at these coordinates.
  func parameters(at coordinates: [Double]) -> [Double] {
    // Rounding must not leave the box.
    coordinates.indices.map { i in
      min(upper[i], max(lower[i], middle(i) + coordinates[i] * halfWidth(i)))
    }
  }

  /// L, in nats, and ∂L/∂u.
  func value(at coordinates: [Double], gradient: inout [Double]) -> Double {
    let loss = workspace.lossAndGradient(parameters: parameters(at: coordinates), gradient: &gradient)
    for i in gradient.indices { gradient[i] *= halfWidth(i) }
    return loss
  }
}
