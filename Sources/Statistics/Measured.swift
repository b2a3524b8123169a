/// A statistic, or the reason why there is none; never a number made from data that cannot support it.
package enum Measured<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The statistic.
  case measured(Value)
  /// There is none.
  case unmeasured(UnmeasuredReason)

  /// The statistic, or nil.
  package var value: Value? {
    if case .measured(let value) = self { value } else { nil }
  }

  /// Why there is no statistic, or nil.
  package var reason: UnmeasuredReason? {
    if case .unmeasured(let reason) = self { reason } else { nil }
  }
}
