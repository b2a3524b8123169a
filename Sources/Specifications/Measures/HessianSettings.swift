/// Which part of the Hessian's spectrum is computed.
package struct HessianSettings: Codable, Hashable, Sendable {
  /// How many of the largest positive eigenvalues.
  package var top: Int

  /// The largest `top` eigenvalues.
  package init(top: Int) { self.top = top }
}
