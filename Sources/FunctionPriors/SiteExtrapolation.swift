/// Anderson mixing of depth 2 for the fixed point x = g(x) of the sites (Anderson 1965; Walker & Ni 2011).
///
/// The parallel update converges linearly, and with the step likelihood a few slow modes set its rate. Among
/// the combinations of the last three updates, the one whose residual g(x) − x is smallest is the next x. The
/// fixed point stays the same.
struct SiteExtrapolation {
  private var updates: [[Double]] = []
  private var residuals: [[Double]] = []

  /// Forgets the past, after a step that the last updates do not explain.
  mutating func reset() {
    updates.removeAll()
    residuals.removeAll()
  }

  /// The next sites after `update` = g(`sites`): extrapolated where that keeps every precision positive, else
  /// `update`.
  mutating func next(from sites: SiteParameters, update: SiteParameters) -> SiteParameters {
    let g = update.precisions + update.shifts
    let f = zip(g, sites.precisions + sites.shifts).map { $0 - $1 }
    defer {
      updates = Array(([g] + updates).prefix(2))
      residuals = Array(([f] + residuals).prefix(2))
    }
    let differences = residuals.map { old in zip(f, old).map { $0 - $1 } }
    guard let weights = Self.leastSquares(differences, f) else { return update }
    var mixed = g
    for (weight, old) in zip(weights, updates) {
      for i in mixed.indices { mixed[i] -= weight * (g[i] - old[i]) }
    }
    let n = sites.precisions.count
    guard mixed[..<n].allSatisfy({ $0 > 0 }), mixed.allSatisfy(\.isFinite) else { return update }
    return SiteParameters(precisions: Array(mixed[..<n]), shifts: Array(mixed[n...]))
  }

  /// The weights w that minimise ‖target − Σ wᵢ columnᵢ‖, for one or two columns, by normal equations; nil
  /// where they are dependent up to rounding.
  private static func leastSquares(_ columns: [[Double]], _ target: [Double]) -> [Double]? {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    guard let first = columns.first else { return nil }
    let (a, d) = (dot(first, first), dot(first, target))
    guard a > 0 else { return nil }
    guard columns.count > 1 else { return [d / a] }
    let (b, c, e) = (dot(first, columns[1]), dot(columns[1], columns[1]), dot(columns[1], target))
    let determinant = a * c - b * b
    guard determinant > 1e-12 * a * c else { return [d / a] }
    return [(d * c - e * b) / determinant, (a * e - b * d) / determinant]
  }
}
