import LinearAlgebra
import NeuralNetworks

/// The loss on S as a function of the coordinates u ∈ [−1, 1] of the box around a network: w' = w + u h with
/// hᵢ = ζ (|wᵢ| + 1), in Float64. The centre is u = 0.
struct LossInBox {
  private let workspace: DoublePrecisionWorkspace
  private let centre: [Double]
  private let halfWidths: [Double]

  /// The box of relative half-width ζ around `parameters`.
  init(workspace: DoublePrecisionWorkspace, around parameters: [Float], halfWidth zeta: Double) {
    self.workspace = workspace
    centre = parameters.map(Double.init)
    halfWidths = centre.map { zeta * (abs($0) + 1) }
  }

  /// The box around `network`, without the inputs that are zero in all of S, shape `[n, d]`; the loss is taken
  /// at up to `points` points at once.
  init(
    around network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8], halfWidth zeta: Double,
    points: Int = 1
  ) {
    let support = InputSupport(of: inputs)
    let compact = support.compacted(network)
    self.init(
      workspace: DoublePrecisionWorkspace(
        shape: compact.shape, inputs: support.compacted(inputs), labels: labels, networks: points),
      around: compact.parameters, halfWidth: zeta)
  }

  /// The number of coordinates.
  var count: Int { centre.count }

  /// The parameters at these coordinates.
  func parameters(at coordinates: some Collection<Double>) -> [Double] {
    zip(coordinates, 0...).map { u, i in centre[i] + u * halfWidths[i] }
  }

  /// L, in nats, and ∂L/∂u.
  func value(at coordinates: [Double], gradient: inout [Double]) -> Double {
    values(at: coordinates, gradients: &gradient)[0]
  }

  /// L at as many points as `coordinates` holds, one after another, at most as many as the workspace takes
  /// networks; and ∂L/∂u at each.
  func values(at coordinates: [Double], gradients: inout [Double]) -> [Double] {
    let points = coordinates.count / count
    let parameters = (0..<points).flatMap { self.parameters(at: coordinates[$0 * count..<($0 + 1) * count]) }
    let losses = workspace.lossesAndGradients(
      ofNetworks: points, parameters: parameters, gradients: &gradients)
    for point in 0..<points {
      for i in 0..<count { gradients[point * count + i] *= halfWidths[i] }
    }
    return losses
  }
}
