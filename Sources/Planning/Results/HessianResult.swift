/// The top of the spectrum of the Hessian of the mean cross-entropy on S.
public struct HessianResult: Codable, Equatable, Sendable {
  /// The largest |eigenvalue|, in nats.
  public var spectralNorm: Double
  /// The largest positive eigenvalues, descending.
  public var topEigenvalues: [Double]
  /// The natural logarithm of their product; nil where there are fewer than were asked for.
  public var logProduct: Double?
  /// Hessian–vector products that it took.
  public var products: Int

  /// A spectrum's top from its parts.
  public init(spectralNorm: Double, topEigenvalues: [Double], logProduct: Double?, products: Int) {
    self.spectralNorm = spectralNorm
    self.topEigenvalues = topEigenvalues
    self.logProduct = logProduct
    self.products = products
  }
}
