import Specifications

/// The rules: each decides a claim from the estimates.
extension ClaimJudge {
  /// A correlation's 95 % interval against the threshold. One below 0 asks for a correlation below it: the
  /// rule is then that of the mirrored quantity.
  static func verdict(_ claim: ClaimSpec, _ estimate: Estimate?) -> ClaimVerdict.Verdict {
    judged { () throws(Missing) in
      var interval = try interval(estimate)
      if claim.threshold < 0 { interval = -interval.upperBound ... -interval.lowerBound }
      let threshold = abs(claim.threshold)
      let isAbove = claim.strict ? interval.lowerBound > threshold : interval.lowerBound >= threshold
      if isAbove { return .holds }
      return interval.upperBound < threshold ? .doesNotHold : .undecided
    }
  }

  /// Whether a share, counted exactly, is at least the threshold.
  static func verdict(_ claim: ClaimSpec, share: Estimate?) -> ClaimVerdict.Verdict {
    judged { () throws(Missing) in
      let share = try value(share)
      return (claim.strict ? share > claim.threshold : share >= claim.threshold) ? .holds : .doesNotHold
    }
  }

  /// Whether a 95 % interval lies within ± the threshold, or all of it beyond.
  static func verdict(_ claim: ClaimSpec, within estimate: Estimate?) -> ClaimVerdict.Verdict {
    judged { () throws(Missing) in
      let interval = try interval(estimate)
      let farthest = max(abs(interval.lowerBound), abs(interval.upperBound))
      if claim.strict ? farthest < claim.threshold : farthest <= claim.threshold { return .holds }
      let isBeyond = interval.lowerBound > claim.threshold || interval.upperBound < -claim.threshold
      return isBeyond ? .doesNotHold : .undecided
    }
  }

  /// Whether the correlation of flatness breaks while that of the prior stays: the interval of
  /// ρ(prior) − ρ(flatness) against 0, and ρ(flatness) against the threshold.
  static func verdict(
    _ claim: ClaimSpec, difference: Estimate?, flatness: Estimate?
  ) -> ClaimVerdict.Verdict {
    judged { () throws(Missing) in
      let difference = try interval(difference)
      let rho = try value(flatness)
      let upperEnd = try interval(flatness).upperBound
      if difference.lowerBound > 0, upperEnd < claim.threshold { return .holds }
      return difference.contains(0) && rho >= claim.threshold ? .doesNotHold : .undecided
    }
  }

  /// Whether log₁₀ of a measure moves by more than the threshold, or where it must stay by no more, while f
  /// changes by no more than `allowed`. A fall counts downwards only, a rescaling's move in either direction.
  static func verdict(
    _ claim: ClaimSpec, move: Estimate?, change: Estimate?, allowed: Double
  ) -> ClaimVerdict.Verdict {
    judged { () throws(Missing) in
      let move = try value(move)
      let change = try value(change)
      func exceeds(_ distance: Double) -> Bool {
        claim.strict ? distance > claim.threshold : distance >= claim.threshold
      }
      let isAsClaimed =
        switch claim.statistic {
        case .rescaling: exceeds(abs(move))
        case .rescalingInvariance: claim.strict ? abs(move) < claim.threshold : abs(move) <= claim.threshold
        default: exceeds(move)
        }
      return isAsClaimed && change <= allowed ? .holds : .doesNotHold
    }
  }

  /// The statistic that a rule needs is missing or has no interval.
  struct Missing: Error { let reason: String }

  static func judged(
    _ rule: () throws(Missing) -> ClaimVerdict.Verdict
  ) -> ClaimVerdict.Verdict {
    do { return try rule() } catch { return .notJudged(reason: error.reason) }
  }

  static func value(_ estimate: Estimate?) throws(Missing) -> Double {
    switch estimate {
    case .measured(let value, _, _): return value
    case .unmeasured(let reason): throw Missing(reason: reason)
    case nil: throw Missing(reason: "the statistic is not in this report")
    }
  }

  static func interval(_ estimate: Estimate?) throws(Missing) -> ClosedRange<Double> {
    _ = try value(estimate)
    guard case .measured(_, let interval?, _) = estimate else {
      throw Missing(reason: "the statistic has no interval")
    }
    return interval
  }
}
