/// Which part of the Hessian's spectrum is computed.
public struct HessianSettings: Codable, Hashable, Sendable {
  /// How many of the largest positive eigenvalues.
  public var top: Int

  /// The largest `top` eigenvalues.
  public init(top: Int) { self.top = top }
}
