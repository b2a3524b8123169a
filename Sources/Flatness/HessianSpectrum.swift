package import LinearAlgebra
package import NeuralNetworks

/// The largest eigenvalues of the Hessian of the loss on S: the paper's two Hessian-based measures of
/// flatness, the spectral norm and the product of the largest eigenvalues.
///
/// The positive end comes from one Lanczos iteration for the algebraically largest eigenvalues. Its first
/// Krylov space also shows how far down the spectrum reaches; where that is not less than up, the spectral
/// norm comes from a second iteration, for the single eigenvalue that is largest in magnitude.
///
/// Weights' changes that change no logit are left out: their rows of the Hessian are zero. Costs some
/// hundreds of products (``HessianOperator``).
package struct HessianSpectrum: Sendable, Equatable {
  /// How many of the largest eigenvalues.
  package let top: Int
  /// The relative tolerance of each eigenvalue (``LanczosEigenvalues``).
  package static let tolerance = 1e-8

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
    func search(
      _ count: Int, _ part: LanczosEigenvalues.Part
    ) throws(EigenvalueError) -> EigenvalueEstimate {
      try lanczos.eigenvalues(
        count: count, part, size: hessian.size, isCancelled: isCancelled,
        multiply: { hessian.multiply($0, into: $1) })
    }
    var largest: [Double] = []
    var reachesAsFarDown = true
    var products = 0
    var norm: Double
    do {
      do {
        let estimate = try search(top, .algebraicallyLargest)
        (largest, products) = (estimate.eigenvalues, estimate.products)
        reachesAsFarDown = abs(estimate.smallest.value) + estimate.smallest.residual >= abs(largest[0])
      } catch .notConverged(_, _, let spent) {
        products = spent
      }
      norm = abs(largest.first ?? 0)
      if reachesAsFarDown {
        let outermost = try search(1, .largestInMagnitude)
        norm = max(norm, abs(outermost.eigenvalues[0]))
        products += outermost.products
      }
    } catch {
      throw FlatnessError(error)
    }
    let rounding = Double(hessian.size) * 0x1p-52 * norm
    return HessianSpectrumEstimate(
      spectralNorm: norm, topEigenvalues: largest.filter { $0 > rounding },
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
