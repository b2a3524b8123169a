#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The outer eigenvalues of one network's Hessian.
package struct HessianSpectrumEstimate: Sendable, Equatable {
  /// max |λ|, the spectral norm.
  package let spectralNorm: Double
  /// The largest eigenvalues that are positive, descending; none where the iteration for them did not settle.
  package let topEigenvalues: [Double]
  /// The Hessian–vector products used.
  package let products: Int
  /// The number of parameters, those of inputs that are zero in all examples included: the size of the
  /// Hessian.
  package let n: Int

  /// ln Π λ over ``topEigenvalues``; nil when there are none.
  package var logProduct: Double? {
    topEigenvalues.isEmpty ? nil : topEigenvalues.reduce(0) { $0 + log($1) }
  }
}
