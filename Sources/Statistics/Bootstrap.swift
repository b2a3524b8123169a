package import RandomStreams

/// The paired percentile bootstrap (Efron & Tibshirani 1993, ch. 13): points are drawn with replacement, each
/// with all of its variables, and the statistic is computed from each resample.
package struct Bootstrap: Sendable {
  /// The number of resamples.
  package let resamples: Int
  /// The nominal coverage of the interval.
  package let level: Double
  /// The stream that the resamples are drawn from.
  package let key: RandomKey

  /// A bootstrap with its settings.
  package init(resamples: Int = 2000, level: Double = 0.95, key: RandomKey) {
    precondition(resamples > 0, "expected resamples, got \(resamples)")
    precondition(level > 0 && level < 1, "expected a level in (0, 1), got \(level)")
    self.resamples = resamples
    self.level = level
    self.key = key
  }

  /// The interval between the (1 − level)/2 and (1 + level)/2 quantiles (interpolated linearly) of `statistic` over the
  /// resamples of one or several sets of points, the strata, in which ``Samples/problem(_:)`` finds nothing.
  ///
  /// Each stratum is resampled by itself, so that it keeps its number of points, and drawn again by itself where a
  /// variable is constant; when that happens more often than not, the interval is unmeasured. Cost: `resamples`
  /// evaluations of the statistic.
  ///
  /// - Parameter statistic: of the strata's variables, `[stratum][variable][point]`: their values, or what stands for
  ///   them, as their places do in a statistic of ranks.
  func interval<Value: Equatable>(
    ofStrata strata: [[(name: String, values: [Value])]], statistic: ([[[Value]]]) -> Double
  ) -> Measured<ConfidenceInterval> {
    var stream = RandomStream(key)
    var values: [Double] = []
    values.reserveCapacity(resamples)
    var redrawn = [Int](repeating: 0, count: strata.count)
    while values.count < resamples {
      var samples: [[[Value]]] = []
      while samples.count < strata.count {
        let variables = strata[samples.count]
        let n = variables[0].values.count
        let chosen = (0..<n).map { _ in stream.nextInteger(below: n) }
        let sample = variables.map { variable in chosen.map { variable.values[$0] } }
        if let constant = sample.firstIndex(where: Samples.isConstant) {
          redrawn[samples.count] += 1
          if redrawn[samples.count] > resamples {
            return .unmeasured(.degenerateResamples(variable: variables[constant].name))
          }
        } else {
          samples.append(sample)
        }
      }
      values.append(statistic(samples))
    }
    values.sort()
    return .measured(
      ConfidenceInterval(
        lower: Self.quantile(values, (1 - level) / 2), upper: Self.quantile(values, (1 + level) / 2),
        level: level))
  }

  private static func quantile(_ sorted: [Double], _ fraction: Double) -> Double {
    let position = fraction * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
