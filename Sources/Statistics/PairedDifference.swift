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
    let variables = [("prior", prior), ("flatness", flatness), ("generalization", generalization)]
    func difference(_ values: [[Double]]) -> Double {
      abs(Samples.productMoment(values[0], values[2])) - abs(Samples.productMoment(values[1], values[2]))
    }
    let interval = Bootstrap(resamples: resamples, level: level, key: key).interval(
      of: variables, statistic: difference)
    guard case .measured(let interval) = interval else {
      return .unmeasured(interval.reason ?? .tooFewPoints(prior.count))
    }
    return .measured(
      DifferenceEstimate(
        value: difference([prior, flatness, generalization]), interval: interval, n: prior.count))
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
    let strata = groups.map {
      [("prior", $0.prior), ("flatness", $0.flatness), ("generalization", $0.generalization)]
    }
    if let problem = strata.lazy.compactMap(Samples.problem).first { return .unmeasured(problem) }
    let places = strata.map { $0.map { (name: $0, values: Samples.places($1)) } }
    func difference(_ groups: [[[Int]]]) -> Double {
      let ranked = groups.map { $0.map(Samples.centredRanks) }
      func smallest(_ variable: Int) -> Double {
        ranked.reduce(1) { min($0, Samples.productMoment(ofRanks: $1[variable], $1[2])) }
      }
      return smallest(0) - smallest(1)
    }
    let interval = Bootstrap(resamples: resamples, level: level, key: key).interval(
      ofStrata: places, statistic: difference)
    let n = groups.reduce(0) { $0 + $1.prior.count }
    guard case .measured(let interval) = interval else {
      return .unmeasured(interval.reason ?? .tooFewPoints(n))
    }
    return .measured(
      DifferenceEstimate(value: difference(places.map { $0.map(\.values) }), interval: interval, n: n))
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
