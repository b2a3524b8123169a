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
    estimate(
      [(prior, flatness, generalization)], Bootstrap(resamples: resamples, level: level, key: key), by: \.self
    ) { strata in
      let r = (0...1).map { abs(Samples.productMoment(strata[0][$0], strata[0][2])) }
      return r[0] - r[1]
    }
  }

  /// ρ(prior, generalization) − ρ(flatness, generalization), ρ Spearman's with its sign.
  package static func ofSpearman(
    prior: [Double], flatness: [Double], generalization: [Double], level: Double = 0.95,
    resamples: Int = 2000, key: RandomKey
  ) -> Measured<DifferenceEstimate> {
    ofSmallestSpearman([(prior, flatness, generalization)], level: level, resamples: resamples, key: key)
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
    return estimate(
      groups, Bootstrap(resamples: resamples, level: level, key: key), by: Samples.places
    ) { strata in
      let ranked = strata.map { $0.map(Samples.centredRanks(places:)) }
      func smallest(_ variable: Int) -> Double {
        ranked.reduce(1) { min($0, Samples.productMoment(ofRanks: $1[variable], $1[2])) }
      }
      return smallest(0) - smallest(1)
    }
  }

  /// `difference` of the groups' prior, flatness and generalization, `[group][variable][point]`, with `standIn` for the
  /// values of each.
  private static func estimate<Value: Equatable>(
    _ groups: [(prior: [Double], flatness: [Double], generalization: [Double])], _ bootstrap: Bootstrap,
    by standIn: ([Double]) -> [Value], difference: ([[[Value]]]) -> Double
  ) -> Measured<DifferenceEstimate> {
    let strata = groups.map {
      [("prior", $0.prior), ("flatness", $0.flatness), ("generalization", $0.generalization)]
    }
    if let problem = strata.lazy.compactMap(Samples.problem).first { return .unmeasured(problem) }
    let standing = strata.map { $0.map { (name: $0, values: standIn($1)) } }
    let interval = bootstrap.interval(ofStrata: standing, statistic: difference)
    let n = groups.reduce(0) { $0 + $1.prior.count }
    guard case .measured(let interval) = interval else {
      return .unmeasured(interval.reason ?? .tooFewPoints(n))
    }
    return .measured(
      DifferenceEstimate(value: difference(standing.map { $0.map(\.values) }), interval: interval, n: n))
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
