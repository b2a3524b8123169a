package import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The covariance of the output logit of an infinitely wide ReLU network with random parameters.
///
/// With weights N(0, σ_w²/fan_in) and biases N(0, σ_b²) in every layer, and L hidden layers,
///
///     K⁰(x, x') = σ_b² + σ_w² x·x'/d
///     Kˡ⁺¹(x, x') = σ_b² + σ_w²/(2π) √(Kˡ(x,x) Kˡ(x',x')) (sin θ + (π − θ) cos θ)
///     cos θ = Kˡ(x,x') / √(Kˡ(x,x) Kˡ(x',x')), clamped to [−1, 1]
///
/// where Kˡ is the covariance of the inputs of hidden layer l + 1's units, so that the logit's is Kᴸ. Cho &
/// Saul (2009); Lee et al. (2017).
package struct NNGPKernel: Sendable, Equatable {
  /// L, the number of hidden ReLU layers.
  package let hiddenLayers: Int
  /// σ_w²: a weight's variance times its layer's fan-in.
  package let weightVariance: Double
  /// σ_b².
  package let biasVariance: Double

  /// The kernel of a network; the defaults are those of the paper's code.
  package init(hiddenLayers: Int = 2, weightVariance: Double = 2, biasVariance: Double = 1) {
    precondition(hiddenLayers >= 0, "expected a number of layers, got \(hiddenLayers)")
    precondition(
      weightVariance > 0 && biasVariance >= 0 && weightVariance.isFinite && biasVariance.isFinite,
      "expected finite σ_w² > 0 and σ_b² ≥ 0, got \(weightVariance) and \(biasVariance)")
    self.hiddenLayers = hiddenLayers
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
  }

  /// The kernel of all pairs of `inputs` (shape `[n, d]`), shape `[n, n]`, exactly symmetric; n²d flops by
  /// BLAS `dsyrk`, which computes one half, and L n²/2 arc cosines.
  package func matrix(_ inputs: Matrix<Double>) -> Matrix<Double> {
    var kernel = inputs.timesOwnTranspose(scale: weightVariance / Double(max(inputs.columns, 1)))
    let n = kernel.rows
    kernel.elements.withUnsafeMutableBufferPointer { k in
      for index in k.indices { k[index] += biasVariance }
      for _ in 0..<hiddenLayers { addLayer(k, size: n) }
      for i in 0..<n {
        for j in 0..<i { k[j * n + i] = k[i * n + j] }
      }
    }
    return kernel
  }

  /// The kernel of Float32 inputs, computed in Float64.
  package func matrix(_ inputs: Matrix<Float>) -> Matrix<Double> {
    matrix(inputs.inDoublePrecision)
  }

  /// Kˡ → Kˡ⁺¹ in the lower triangle.
  private func addLayer(_ k: UnsafeMutableBufferPointer<Double>, size n: Int) {
    let deviations = (0..<n).map { k[$0 * n + $0].squareRoot() }
    for i in 0..<n {
      for j in 0..<i {
        let scale = deviations[i] * deviations[j]
        // A point with variance 0 (zero input, no bias) has covariance 0 with all others.
        let cosine = scale > 0 ? min(max(k[i * n + j] / scale, -1), 1) : 0
        let sine = ((1 - cosine) * (1 + cosine)).squareRoot()
        k[i * n + j] =
          biasVariance + weightVariance / (2 * .pi) * scale * (sine + (.pi - acos(cosine)) * cosine)
      }
    }
    for i in 0..<n { k[i * n + i] = biasVariance + weightVariance / 2 * k[i * n + i] }
  }
}
