/// The box |w'ᵢ − wᵢ| ≤ ζ (|wᵢ| + 1) around the parameters w (Keskar et al. 2016, §2.2.2).
package struct ParameterBox: Sendable {
  private let centre: [Float]
  private let zeta: Float

  /// The box of relative half-width ζ around `parameters`.
  package init(around parameters: [Float], halfWidth zeta: Double) {
    centre = parameters
    self.zeta = Float(zeta)
  }

  /// Clips every parameter to the box; a NaN stays NaN.
  package func clip(_ parameters: UnsafeMutableBufferPointer<Float>) {
    precondition(
      parameters.count == centre.count, "expected \(centre.count) parameters, got \(parameters.count)")
    clip(parameters, in: 0..<centre.count)
  }

  /// Clips the parameters in `range`; `parameters` are all.
  func clip(_ parameters: UnsafeMutableBufferPointer<Float>, in range: Range<Int>) {
    centre.withUnsafeBufferPointer { centre in
      for i in range {
        let halfWidth = zeta * (abs(centre[i]) + 1)
        let (lower, upper) = (centre[i] - halfWidth, centre[i] + halfWidth)
        let raised = lower > parameters[i] ? lower : parameters[i]
        parameters[i] = upper < raised ? upper : raised
      }
    }
  }
}
