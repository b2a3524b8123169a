/// The box |w'ᵢ − wᵢ| ≤ ζ (|wᵢ| + 1) around the parameters w (Keskar et al. 2016, §2.2.2).
package struct ParameterBox: Sendable {
  /// The smallest value of each parameter.
  package let lower: [Float]
  /// The largest value of each parameter.
  package let upper: [Float]

  /// The box of relative half-width ζ around `parameters`.
  package init(around parameters: [Float], halfWidth zeta: Double) {
    let zeta = Float(zeta)
    lower = parameters.map { $0 - zeta * (abs($0) + 1) }
    upper = parameters.map { $0 + zeta * (abs($0) + 1) }
  }

  /// Clips every parameter to the box; a NaN stays NaN.
  package func clip(_ parameters: UnsafeMutableBufferPointer<Float>) {
    precondition(
      parameters.count == lower.count, "expected \(lower.count) parameters, got \(parameters.count)")
    lower.withUnsafeBufferPointer { low in
      upper.withUnsafeBufferPointer { high in
        for i in 0..<parameters.count {
          let raised = low[i] > parameters[i] ? low[i] : parameters[i]
          parameters[i] = high[i] < raised ? high[i] : raised
        }
      }
    }
  }
}
