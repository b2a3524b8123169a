/// The top of the spectrum of the Hessian of the mean cross-entropy on S.
package struct HessianResult: Codable, Equatable, Sendable {
  /// The largest |eigenvalue|, in nats.
  package var spectralNorm: Double
  /// The largest positive eigenvalues, descending.
  package var topEigenvalues: [Double]
  /// The natural logarithm of their product; nil where there are fewer than were asked for.
  package var logProduct: Double?
  /// Hessian–vector products that it took.
  package var products: Int

  /// A spectrum's top from its parts.
  package init(spectralNorm: Double, topEigenvalues: [Double], logProduct: Double?, products: Int) {
    self.spectralNorm = spectralNorm
    self.topEigenvalues = topEigenvalues
    self.logProduct = logProduct
    self.products = products
  }
}
