import Statistics

extension Estimate {
  /// A measured correlation with its interval and p value, or the reason why there is none.
  init(_ measured: Measured<CorrelationEstimate>) {
    switch measured {
    case .measured(let estimate):
      self = .measured(
        value: estimate.value, interval: estimate.interval.map { $0.lower...$0.upper },
        pValue: estimate.pValue)
    case .unmeasured(let reason): self = .unmeasured(reason: reason.description)
    }
  }

  /// A measured difference with its bootstrap interval.
  init(_ measured: Measured<DifferenceEstimate>) {
    switch measured {
    case .measured(let difference):
      self = .measured(
        value: difference.value, interval: difference.interval.lower...difference.interval.upper, pValue: nil)
    case .unmeasured(let reason): self = .unmeasured(reason: reason.description)
    }
  }
}
