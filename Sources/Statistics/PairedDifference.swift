package import RandomStreams

/// How much better the prior follows generalization than flatness does, on the same points.
///
/// The differences have a paired bootstrap interval: each resample draws points with all three of their
/// values, so that what the two correlations share cancels.
package enum PairedDifference {
  /// |r(prior, generalization)| − |r(flatness, generalization)|, r Pearson's.
  package static func ofAbsolutePearson(
    prior: [Double], flatness: [Double], generalization: [Double], level: Double = 0.95,
    resamples: Int = 2000, key: RandomKey
  ) -> Measured<DifferenceEstimate> {
    estimate(prior, flatness, generalization, Bootstrap(resamples: resamples, level: level, key: key)) {
      abs(Samples.productMoment($0[0], $0[2])) - abs(Samples.productMoment($0[1], $0[2]))
    }
  }

  /// ρ(prior, generalization) − ρ(flatness, generalization), ρ Spearman's with its sign.
  package static func ofSpearman(
    prior: [Double], flatness: [Double], generalization: [Double], level: Double = 0.95,
    resamples: Int = 2000, key: RandomKey
  ) -> Measured<DifferenceEstimate> {
    estimate(prior, flatness, generalization, Bootstrap(resamples: resamples, level: level, key: key)) {
      let ranks = $0.map(Samples.averageRanks)
      return Samples.productMoment(ranks[0], ranks[2]) - Samples.productMoment(ranks[1], ranks[2])
    }
  }

  /// min ρ(prior, generalization) − min ρ(flatness, generalization), each the smallest over several groups of
  /// points, ρ Spearman's with its sign.
  ///
  /// Each resample draws points within every group, and takes both minima of the same draw. `n` counts the
  /// points of all groups.
  package static func ofSmallestSpearman(
    _ groups: [(prior: [Double], flatness: [Double], generalization: [Double])], level: Double = 0.95,
    resamples: Int = 2000, key: RandomKey
  ) -> Measured<DifferenceEstimate> {
    precondition(!groups.isEmpty, "expected at least one group of points, got none")
    func difference(_ groups: [[[Double]]]) -> Double {
      let ranked = groups.map { $0.map(Samples.averageRanks) }
      func smallest(_ variable: Int) -> Double {
        ranked.reduce(1) { min($0, Samples.productMoment($1[variable], $1[2])) }
      }
      return smallest(0) - smallest(1)
    }
    let interval = Bootstrap(resamples: resamples, level: level, key: key).interval(
      ofStrata: groups.map {
        [("prior", $0.prior), ("flatness", $0.flatness), ("generalization", $0.generalization)]
      }, statistic: difference)
    let n = groups.reduce(0) { $0 + $1.prior.count }
    guard case .measured(let interval) = interval else {
      return .unmeasured(interval.reason ?? .tooFewPoints(n))
    }
    return .measured(
      DifferenceEstimate(
        value: difference(groups.map { [$0.prior, $0.flatness, $0.generalization] }), interval: interval, n: n
      ))
  }

  private static func estimate(
    _ prior: [Double], _ flatness: [Double], _ generalization: [Double], _ bootstrap: Bootstrap,
    _ statistic: ([[Double]]) -> Double
  ) -> Measured<DifferenceEstimate> {
    let variables = [("prior", prior), ("flatness", flatness), ("generalization", generalization)]
    let interval = bootstrap.interval(of: variables, statistic: statistic)
    guard case .measured(let interval) = interval else {
      return .unmeasured(interval.reason ?? .tooFewPoints(prior.count))
    }
    return .measured(
      DifferenceEstimate(
        value: statistic([prior, flatness, generalization]), interval: interval, n: prior.count))
  }
}

/// The difference of two statistics of the same points, with its uncertainty.
package struct DifferenceEstimate: Sendable, Equatable, Codable {
  /// The difference.
  package let value: Double
  /// Its paired-bootstrap interval.
  package let interval: ConfidenceInterval
  /// The number of points.
  package let n: Int
}
