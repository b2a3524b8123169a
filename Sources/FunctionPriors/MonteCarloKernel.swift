package import LinearAlgebra

/// The covariance of a random network's outputs by averaging over initialisations (Novak et al. 2018),
///
///     K(x, x') = σ_b² + σ_w²/(M n) Σₘ Σ_c h_c(x; wₘ) h_c(x'; wₘ),
///
/// with h the n features that the logit is a linear map of, and M random initialisations wₘ.
package struct MonteCarloKernel: Sendable {
  /// σ_w², the variance of the last layer's weights times its width.
  package let weightVariance: Double
  /// σ_b², the variance of the last bias.
  package let biasVariance: Double
  /// Σₘ h hᵀ/n, over initialisations.
  package var features: GramSum

  /// The kernel of such a sum; of an empty one, the kernel before any initialisation.
  package init(features: GramSum, weightVariance: Double, biasVariance: Double) {
    precondition(
      weightVariance > 0 && biasVariance >= 0, "expected variances, got \(weightVariance), \(biasVariance)")
    self.features = features
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
  }

  /// N, the number of inputs.
  package var count: Int { features.count }
  /// M.
  package var initialisations: Int { features.terms }

  /// K, symmetric, shape `[N, N]`; after one initialisation at least.
  package var matrix: Matrix<Double> {
    precondition(initialisations > 0, "expected an initialisation at least")
    let scale = weightVariance / Double(initialisations)
    var kernel = Matrix<Double>(rows: count, columns: count)
    for i in 0..<count {
      for j in 0...i {
        let value = biasVariance + scale * features.sum.elements[i * count + j]
        kernel.elements[i * count + j] = value
        kernel.elements[j * count + i] = value
      }
    }
    return kernel
  }

  /// The standard error of the mean over initialisations relative to it, in the Frobenius norm; nil before the second
  /// initialisation.
  package var relativeStandardError: Double? { features.relativeStandardError }
}
