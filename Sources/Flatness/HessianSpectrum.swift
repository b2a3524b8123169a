package import LinearAlgebra
package import NeuralNetworks

/// The largest eigenvalues of the Hessian of the loss on S: the paper's two Hessian-based measures of
/// flatness, the spectral norm and the product of the largest eigenvalues.
///
/// The positive end comes from a Lanczos iteration for the algebraically largest eigenvalues, which counts
/// repeated ones (``LanczosEigenvalues``). Its first Krylov space also shows how far down the spectrum
/// reaches; where that is not less than up, the spectral norm comes from a second iteration, for the single
/// eigenvalue that is largest in magnitude.
///
/// Weights' changes that change no logit are left out: their rows of the Hessian are zero. Costs some
/// hundreds of products (``HessianOperator``).
package struct HessianSpectrum: Sendable, Equatable {
  /// How many of the largest eigenvalues.
  package let top: Int
  /// The relative tolerance of each eigenvalue (``LanczosEigenvalues``).
  package static let tolerance = 1e-8
  /// An eigenvalue that is missing must not be larger than the last one by more than this part of it.
  package static let largestDoubt = 1e-3

  /// A spectrum down to the eigenvalue number `top`.
  package init(top: Int = 50) {
    precondition(top > 0, "expected at least one eigenvalue, got \(top)")
    self.top = top
  }

  /// The spectrum's ends for `network` on S.
  ///
  /// Fewer than ``top`` eigenvalues are returned where fewer are positive, that is, larger than what rounding
  /// may make of a zero: n · 2⁻⁵² · max |λ|. None are where the iteration for them does not settle, as when
  /// the last ones are so small that the rounding of the largest hides them; the norm is then still there.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`.
  ///   - labels: 0 or 1, length n.
  ///   - isCancelled: asked before each product.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)``,
  ///   ``FlatnessError/eigenvaluesNotConverged(converged:asked:products:)``,
  ///   ``FlatnessError/eigenvaluesTooDense(last:noneMissedAbove:)``,
  ///   ``FlatnessError/eigenvaluesFailed(reason:)`` or ``FlatnessError/spectrumCancelled(products:)``.
  package func measure(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8],
    isCancelled: () -> Bool = { false }
  ) throws(FlatnessError) -> HessianSpectrumEstimate {
    let support = InputSupport(of: inputs)
    let hessian = HessianOperator.inRowSpace(
      network: support.compacted(network), inputs: support.compacted(inputs), labels: labels)
    guard hessian.loss.isFinite else { throw .lossNotFinite(step: 0) }
    let lanczos = LanczosEigenvalues(tolerance: Self.tolerance)
    var largest: [Double] = []
    var noneMissedAbove = -Double.infinity
    var reachesAsFarDown = true
    var products = 0
    var norm: Double
    do {
      do {
        let estimate = try lanczos.largest(
          top, size: hessian.size, isCancelled: isCancelled, multiply: { hessian.multiply($0, into: $1) })
        (largest, products, noneMissedAbove) =
          (estimate.eigenvalues, estimate.products, estimate.noneMissedAbove)
        reachesAsFarDown = abs(estimate.smallest.value) + estimate.smallest.residual >= abs(largest[0])
      } catch .notConverged(_, _, let spent) {
        products = spent
      }
      norm = abs(largest.first ?? 0)
      if reachesAsFarDown {
        let outermost = try lanczos.outermost(
          size: hessian.size, isCancelled: isCancelled, multiply: { hessian.multiply($0, into: $1) })
        norm = max(norm, abs(outermost.eigenvalue))
        products += outermost.products
      }
    } catch {
      throw FlatnessError(error)
    }
    let rounding = Double(hessian.size) * 0x1p-52 * norm
    let positive = largest.filter { $0 > rounding }
    if let last = positive.last, noneMissedAbove > (1 + Self.largestDoubt) * last {
      throw .eigenvaluesTooDense(last: last, noneMissedAbove: noneMissedAbove)
    }
    return HessianSpectrumEstimate(
      spectralNorm: norm, topEigenvalues: positive,
      products: products, n: network.shape.parameterCount)
  }
}

extension FlatnessError {
  fileprivate init(_ error: EigenvalueError) {
    switch error {
    case .notConverged(let converged, let asked, let products):
      self = .eigenvaluesNotConverged(converged: converged, asked: asked, products: products)
    case .cancelled(let products):
      self = .spectrumCancelled(products: products)
    case .productNotFinite, .tooMany, .failed:
      self = .eigenvaluesFailed(reason: error.description)
    }
  }
}
