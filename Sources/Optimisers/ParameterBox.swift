import COptimiserSteps

/// The box |w'ᵢ − wᵢ| ≤ ζ (|wᵢ| + 1) around the parameters w (Keskar et al. 2016, §2.2.2), and the steps of an ascent in
/// it. In Float32; a NaN stays NaN.
package struct ParameterBox: Sendable {
  private let centre: [Float]
  private let zeta: Float
  private let arithmetic: StepArithmetic

  /// The box of relative half-width ζ around `parameters`.
  package init(around parameters: [Float], halfWidth zeta: Double) {
    self.init(around: parameters, halfWidth: zeta, arithmetic: step_fastest_arithmetic())
  }

  init(around parameters: [Float], halfWidth zeta: Double, arithmetic: StepArithmetic) {
    centre = parameters
    self.zeta = Float(zeta)
    self.arithmetic = arithmetic
  }

  /// Clips every parameter to the box. One pass.
  package func clip(_ parameters: UnsafeMutableBufferPointer<Float>) {
    check(parameters.count)
    centre.withUnsafeBufferPointer {
      step_clip(arithmetic, Int64($0.count), parameters.baseAddress, $0.baseAddress, zeta)
    }
  }

  /// parameters ← parameters + rate · gradient, clipped to the box, for those in `slice`. One pass.
  package func climb(
    _ parameters: UnsafeMutableBufferPointer<Float>, by gradient: UnsafeMutableBufferPointer<Float>,
    rate: Float, in slice: Range<Int>
  ) {
    check(parameters.count)
    check(gradient.count)
    let w = UnsafeMutableBufferPointer(rebasing: parameters[slice])
    let g = UnsafeMutableBufferPointer(rebasing: gradient[slice])
    centre.withUnsafeBufferPointer {
      let centre = UnsafeBufferPointer(rebasing: $0[slice])
      step_climb(arithmetic, Int64(slice.count), w.baseAddress, g.baseAddress, centre.baseAddress, rate, zeta)
    }
  }

  private func check(_ count: Int) {
    precondition(count == centre.count, "expected \(centre.count) parameters, got \(count)")
  }
}
