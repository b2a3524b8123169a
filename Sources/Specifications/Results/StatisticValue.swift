/// What a document says of a statistic: its value with its uncertainty, or the reason why there is none.
package struct StatisticValue: Codable, Hashable, Sendable {
  /// The value; nil if it was not measured.
  package var value: Double?
  /// The lower end of the 95 % interval.
  package var lower: Double?
  /// The upper end of the 95 % interval.
  package var upper: Double?
  /// The p value.
  package var pValue: Double?
  /// The number of points.
  package var n: Int
  /// Why there is no value.
  package var unmeasured: String?

  package enum CodingKeys: String, CodingKey, CaseIterable { case value, lower, upper, pValue, n, unmeasured }

  package init(
    value: Double? = nil, lower: Double? = nil, upper: Double? = nil, pValue: Double? = nil, n: Int,
    unmeasured: String? = nil
  ) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.pValue = pValue
    self.n = n
    self.unmeasured = unmeasured
  }
}
