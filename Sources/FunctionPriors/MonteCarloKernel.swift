package import LinearAlgebra

/// The covariance of a random network's outputs by averaging over initialisations (Novak et al. 2018),
///
///     K(x, x') = σ_b² + σ_w²/(M n) Σₘ Σ_c h_c(x; wₘ) h_c(x'; wₘ),
///
/// with h the n features that the logit is a linear map of, and M random initialisations wₘ.
///
/// Grows by one initialisation at a time, in memory of one matrix `[N, N]` for N inputs; each costs N² n
/// multiply-adds. The sum over m runs in order, so a sum that is stored and gone on with has the same bits; and
/// so does one of sums of fixed parts (``add(_:)``), whoever made each.
package struct MonteCarloKernel: Sendable {
  /// σ_w², the variance of the last layer's weights times its width.
  package let weightVariance: Double
  /// σ_b², the variance of the last bias.
  package let biasVariance: Double
  /// N, the number of inputs.
  package let count: Int
  /// M so far.
  package private(set) var initialisations = 0
  /// Σₘ Gₘ with Gₘ = h hᵀ/n of one initialisation, the lower triangle, shape `[N, N]`.
  package private(set) var sum: Matrix<Double>
  /// Σₘ ‖Gₘ‖², in the Frobenius norm.
  package private(set) var sumOfSquaredNorms = 0.0

  /// The kernel of `count` inputs before any initialisation.
  package init(count: Int, weightVariance: Double, biasVariance: Double) {
    precondition(
      count > 0 && weightVariance > 0 && biasVariance >= 0,
      "expected inputs and variances, got \(count), \(weightVariance), \(biasVariance)")
    self.count = count
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
    sum = Matrix(rows: count, columns: count)
  }

  /// The kernel as it stood after `initialisations`.
  package init(
    weightVariance: Double, biasVariance: Double, initialisations: Int, sum: Matrix<Double>,
    sumOfSquaredNorms: Double
  ) {
    self.init(count: sum.rows, weightVariance: weightVariance, biasVariance: biasVariance)
    precondition(sum.columns == sum.rows, "expected a square sum, got \(sum.rows) × \(sum.columns)")
    self.initialisations = initialisations
    self.sum = sum
    self.sumOfSquaredNorms = sumOfSquaredNorms
  }

  /// Rows of one product, so that memory stays bounded.
  private static let block = 256

  /// Adds one initialisation, from its features, shape `[N, n]`.
  package mutating func add(features: Matrix<Float>) {
    precondition(features.rows == count, "expected \(count) rows of features, got \(features.rows)")
    let (n, width) = (count, features.columns)
    let h = features.inDoublePrecision
    let scale = 1 / Double(width)
    var norm = 0.0
    for first in stride(from: 0, to: n, by: Self.block) {
      // Rows first..<end against columns 0..<end: the triangle, and a little above it.
      let end = min(first + Self.block, n)
      var products = [Double](repeating: 0, count: (end - first) * end)
      h.elements.withUnsafeBufferPointer { h in
        guard let h = h.baseAddress else { return }
        multiplyAccumulate(
          end - first, end, width, h + first * width, leadingDimension: width, .asStored, h,
          leadingDimension: width, .transposed, into: &products, leadingDimension: end)
      }
      for i in first..<end {
        let row = (i - first) * end
        for j in 0...i {
          let value = products[row + j] * scale
          sum.elements[i * n + j] += value
          norm += (i == j ? 1 : 2) * value * value
        }
      }
    }
    initialisations += 1
    sumOfSquaredNorms += norm
  }

  /// Adds the initialisations of `other`, which come after these, as one number each.
  package mutating func add(_ other: MonteCarloKernel) {
    precondition(other.count == count, "expected \(count) inputs, got \(other.count)")
    for i in 0..<count {
      for j in 0...i { sum.elements[i * count + j] += other.sum.elements[i * count + j] }
    }
    initialisations += other.initialisations
    sumOfSquaredNorms += other.sumOfSquaredNorms
  }

  /// K, symmetric, shape `[N, N]`; after one initialisation at least.
  package var matrix: Matrix<Double> {
    precondition(initialisations > 0, "expected an initialisation at least")
    let scale = weightVariance / Double(initialisations)
    var kernel = Matrix<Double>(rows: count, columns: count)
    for i in 0..<count {
      for j in 0...i {
        let value = biasVariance + scale * sum.elements[i * count + j]
        kernel.elements[i * count + j] = value
        kernel.elements[j * count + i] = value
      }
    }
    return kernel
  }

  /// The standard error of the mean over initialisations relative to it, √(Σᵢⱼ Var(Gᵢⱼ)/M) / ‖Ḡ‖ in the
  /// Frobenius norm; nil before the second initialisation.
  package var relativeStandardError: Double? {
    guard initialisations > 1 else { return nil }
    let m = Double(initialisations)
    var squaredNormOfSum = 0.0
    for i in 0..<count {
      for j in 0...i {
        let value = sum.elements[i * count + j]
        squaredNormOfSum += (i == j ? 1 : 2) * value * value
      }
    }
    guard squaredNormOfSum > 0 else { return nil }
    let variance = max(0, sumOfSquaredNorms - squaredNormOfSum / m) / (m - 1)
    return (variance / m).squareRoot() / (squaredNormOfSum.squareRoot() / m)
  }
}
