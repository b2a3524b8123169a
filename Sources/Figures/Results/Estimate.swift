/// A statistic's value with what is known about its uncertainty, or the reason why there is none.
package enum Estimate: Sendable, Equatable {
  /// `interval` is the 95 % interval; either it or the p value may be missing.
  case measured(value: Double, interval: ClosedRange<Double>?, pValue: Double?)
  case unmeasured(reason: String)

  /// The value; nil where there is none.
  var value: Double? { if case .measured(let value, _, _) = self { value } else { nil } }

  /// The same estimate, but unmeasured where the value is NaN or infinite: such a value is never shown.
  package var finite: Estimate {
    guard case .measured(let value, let interval, let pValue) = self else { return self }
    guard value.isFinite else { return .unmeasured(reason: "the value is not a finite number") }
    let finiteInterval = interval.flatMap {
      $0.lowerBound.isFinite && $0.upperBound.isFinite ? $0 : nil
    }
    return .measured(
      value: value, interval: finiteInterval, pValue: pValue.flatMap { $0.isFinite ? $0 : nil })
  }
}
