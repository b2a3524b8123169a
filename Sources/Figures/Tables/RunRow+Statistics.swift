import RandomStreams
import Specifications
import Statistics

extension [RunRow] {
  /// The runs that statistics are taken over: those with zero error on S.
  var comparable: [RunRow] { filter(\.isComparable) }

  /// The comparable runs' values; NaN if a value was not measured, which makes the statistic unmeasured.
  func values(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> [Double] {
    comparable.map { $0.value(quantity, likelihood: likelihood) ?? .nan }
  }

  /// How many runs statistics leave out; nil for none.
  var note: String? {
    let left = count - comparable.count
    return left == 0 ? nil : "without \(left) of \(count) runs that did not reach zero error on S"
  }

  /// Spearman's ρ of two quantities over the comparable runs, with its interval.
  ///
  /// The bootstrap's stream is named by the quantities and the networks, so that every panel that shows them
  /// shows the same interval.
  ///
  /// - Parameter key: that of all statistics of the report.
  func spearman(
    _ x: Quantity, _ y: Quantity, _ likelihood: PriorSettings.Likelihood, key: RandomKey
  ) -> Measured<CorrelationEstimate> {
    let names = [x, y].map { QuantityText.identifier($0, likelihood) }
    let networks = comparable.map { "\($0.key) \($0.epochsPast)" }
    return Correlation.spearman(
      values(x, likelihood), values(y, likelihood),
      key: key.split((["spearman"] + names + networks).joined(separator: " ")))
  }
}
