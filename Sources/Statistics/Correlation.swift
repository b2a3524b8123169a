package import RandomStreams

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Correlation coefficients of paired values, with intervals and p-values.
///
/// Every function gives ``Measured/unmeasured(_:)`` when a value is not finite, when there are fewer than
/// three points or when a variable is constant.
package enum Correlation {
  /// Pearson's r, with Fisher's interval tanh(artanh r ± z/√(n − 3)) and the p-value of t = r √((n − 2)/(1 −
  /// r²)) with n − 2 degrees of freedom.
  ///
  /// Fisher (1921). Three points leave r undetermined: the interval is then [−1, 1]. At |r| = 1 and n > 3 the
  /// formula gives the single point r, and p = 0. That is exact for normal variables, of which four points
  /// lie on a line with probability 0 unless all do; it is not meaningful for variables with few distinct
  /// values.
  package static func pearson(
    _ x: [Double], _ y: [Double], level: Double = 0.95
  ) -> Measured<CorrelationEstimate> {
    if let problem = Samples.problem([("x", x), ("y", y)]) { return .unmeasured(problem) }
    let r = Samples.productMoment(x, y)
    return .measured(
      CorrelationEstimate(
        value: r, interval: fisherInterval(r, n: x.count, level: level), pValue: tTest(r, n: x.count),
        n: x.count))
  }

  /// Spearman's ρ: Pearson's r of the average ranks. Its p-value is exact for up to nine points and in
  /// perfect order, and else that of the t approximation with n − 2 degrees of freedom. The interval is the smallest that holds both
  /// the percentile bootstrap's, drawn from `key`, and Bonett & Wright's (2000), since the bootstrap's alone
  /// is too short for few points and shrinks to one point for perfect ranks:
  ///
  ///     tanh(artanh ρ ± z √((1 + ρ²/2)/(n − 3))).
  ///
  /// At |ρ| = 1, where artanh is infinite, the latter is centred at the largest |ρ| below 1 that n untied
  /// ranks can have, 1 − 12/(n(n² − 1)), and reaches to ±1. Three points leave ρ undetermined: [−1, 1].
  ///
  /// Resamples in which a variable is constant have no ρ; they are drawn again.
  package static func spearman(
    _ x: [Double], _ y: [Double], level: Double = 0.95, resamples: Int = 2000, key: RandomKey
  ) -> Measured<CorrelationEstimate> {
    if let problem = Samples.problem([("x", x), ("y", y)]) { return .unmeasured(problem) }
    let rho = rankCorrelation(x, y)
    let bootstrap = Bootstrap(resamples: resamples, level: level, key: key)
    let interval = bootstrap.interval(ofStrata: [[("x", Samples.places(x)), ("y", Samples.places(y))]]) {
      let ranks = $0[0].map(Samples.centredRanks(places:))
      return Samples.productMoment(ofRanks: ranks[0], ranks[1])
    }
    guard case .measured(let interval) = interval else {
      return .unmeasured(interval.reason ?? .tooFewPoints(x.count))
    }
    let analytic = rankInterval(rho, n: x.count, level: level)
    let union = ConfidenceInterval(
      lower: min(interval.lower, analytic.lower), upper: max(interval.upper, analytic.upper), level: level)
    let pValue =
      x.count <= ExactRankTest.largestCount
      ? ExactRankTest.spearman(x, y)
      : ExactRankTest.spearmanInOrder(x, y) ?? tTest(rho, n: x.count)
    return .measured(CorrelationEstimate(value: rho, interval: union, pValue: pValue, n: x.count))
  }

  /// Kendall's τ-b = (C − D)/√((n₀ − n₁)(n₀ − n₂)) over all pairs. Its p-value is exact for up to nine
  /// points, and the normal approximation's, corrected for ties, for more.
  ///
  /// Kendall (1970), ch. 4. O(n²): each pair is looked at once.
  package static func kendallTauB(_ x: [Double], _ y: [Double]) -> Measured<CorrelationEstimate> {
    if let problem = Samples.problem([("x", x), ("y", y)]) { return .unmeasured(problem) }
    let n = x.count
    var score = 0
    for i in 0..<n {
      for j in 0..<i {
        score += (x[i] > x[j] ? 1 : x[i] < x[j] ? -1 : 0) * (y[i] > y[j] ? 1 : y[i] < y[j] ? -1 : 0)
      }
    }
    let size = Double(n)
    let pairs = size * (size - 1) / 2
    let (tiesX, tiesY) = (TieSums(x), TieSums(y))
    let tau = Double(score) / (pairs - tiesX.pairs).squareRoot() / (pairs - tiesY.pairs).squareRoot()
    let pValue: Double
    if n <= ExactRankTest.largestCount {
      pValue = ExactRankTest.kendall(x, y)
    } else {
      // The variance of the score when there is no association, ties held fixed.
      let m = size * (size - 1)
      let variance =
        (m * (2 * size + 5) - tiesX.cubic - tiesY.cubic) / 18 + 2 * tiesX.pairs * tiesY.pairs / m
        + tiesX.triples * tiesY.triples / (9 * m * (size - 2))
      pValue = erfc(abs(Double(score)) / (2 * variance).squareRoot())
    }
    return .measured(
      CorrelationEstimate(value: min(max(tau, -1), 1), interval: nil, pValue: pValue, n: n))
  }

  /// ρ of two variables that are not constant.
  static func rankCorrelation(_ x: [Double], _ y: [Double]) -> Double {
    Samples.productMoment(ofRanks: Samples.centredRanks(of: x), Samples.centredRanks(of: y))
  }

  /// The two-sided p-value of r under no association: with t² = r² (n − 2)/(1 − r²) it is
  /// I_{1 − r²}((n − 2)/2, ½).
  private static func tTest(_ r: Double, n: Int) -> Double {
    IncompleteBeta.regularised((1 - r) * (1 + r), Double(n - 2) / 2, 0.5, complement: r * r)
  }
}

/// Sums over the groups of tied values, of t = 2, 3, … members each.
private struct TieSums {
  /// Σ t(t − 1)/2.
  var pairs = 0.0
  /// Σ t(t − 1)(t − 2).
  var triples = 0.0
  /// Σ t(t − 1)(2t + 5).
  var cubic = 0.0

  init(_ values: [Double]) {
    for t in Dictionary(grouping: values, by: { $0 }).values.map({ Double($0.count) }).sorted() {
      pairs += t * (t - 1) / 2
      triples += t * (t - 1) * (t - 2)
      cubic += t * (t - 1) * (2 * t + 5)
    }
  }
}

/// A correlation coefficient with its uncertainty.
package struct CorrelationEstimate: Sendable, Equatable, Codable {
  /// The coefficient, in [−1, 1].
  package let value: Double
  /// Its interval; nil for Kendall's τ-b, for which none is computed.
  package let interval: ConfidenceInterval?
  /// The two-sided p-value of the hypothesis that there is no association.
  package let pValue: Double
  /// The number of points.
  package let n: Int
}
