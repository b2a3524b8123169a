#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The Gaussian sites that stand for the likelihood factors: exp(ν̃ᵢ u − ½ sᵢ u²) for point i, up to scale.
///
/// Rasmussen & Williams (2006), §3.6, eq. 3.51 and the natural parameters below eq. 3.66.
package struct SiteParameters: Sendable, Equatable, Codable {
  /// The site precisions s (τ̃ in the book), length n, not negative.
  package var precisions: [Double]
  /// The site shifts ν̃ = s × site mean, length n.
  package var shifts: [Double]

  /// Sites from their two vectors, of one length.
  package init(precisions: [Double], shifts: [Double]) {
    self.precisions = precisions
    self.shifts = shifts
  }

  /// Empty sites, with which the posterior is the prior.
  package init(count: Int) {
    self.init(precisions: Array(repeating: 0, count: count), shifts: Array(repeating: 0, count: count))
  }

  /// self + factor (target − self).
  func moved(toward target: SiteParameters, by factor: Double) -> SiteParameters {
    func mix(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + factor * ($1 - $0) } }
    return SiteParameters(
      precisions: mix(precisions, target.precisions), shifts: mix(shifts, target.shifts))
  }

  /// The root mean square of the relative changes of precisions and of the changes of shifts in units of √s;
  /// +∞ where a precision is zero.
  func distance(from other: SiteParameters) -> Double {
    let sum = precisions.indices.reduce(0) { $0 + squaredDistance(from: other, at: $1) }
    return (sum / Double(max(2 * precisions.count, 1))).squareRoot()
  }

  /// The sum of the squares of both changes at one site.
  func squaredDistance(from other: SiteParameters, at i: Int) -> Double {
    let ratio = log(precisions[i] / other.precisions[i])
    let shift = shifts[i] - other.shifts[i]
    return ratio * ratio + shift * shift / other.precisions[i]
  }

  var isUsable: Bool {
    precisions.count == shifts.count && precisions.allSatisfy { $0 >= 0 && $0.isFinite }
      && shifts.allSatisfy(\.isFinite)
  }
}
