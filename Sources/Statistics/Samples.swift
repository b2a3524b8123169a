/// The checks that every statistic makes before it computes anything, and the sums that several share.
enum Samples {
  /// Nil when the variables, all of one length, hold at least three finite, not all equal values each.
  static func problem(_ variables: [(name: String, values: [Double])]) -> UnmeasuredReason? {
    let count = variables[0].values.count
    for variable in variables {
      precondition(
        variable.values.count == count,
        "expected \(count) values of \(variable.name), got \(variable.values.count)")
    }
    let broken = (0..<count).count { i in variables.contains { !$0.values[i].isFinite } }
    if broken > 0 { return .notFinite(count: broken, total: count) }
    if count < 3 { return .tooFewPoints(count) }
    for variable in variables where isConstant(variable.values) {
      return .constant(variable: variable.name)
    }
    return nil
  }

  static func isConstant(_ values: [Double]) -> Bool {
    values.allSatisfy { $0 == values[0] }
  }

  /// Ranks from 1, tied values sharing the mean of theirs. O(n log n).
  static func averageRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var last = first
      while last + 1 < order.count, values[order[last + 1]] == values[order[first]] { last += 1 }
      for position in first...last { ranks[order[position]] = Double(first + last) / 2 + 1 }
      first = last + 1
    }
    return ranks
  }

  /// Pearson's product-moment coefficient of two variables that are not constant.
  ///
  /// The values are scaled by powers of two, so that no square over- or underflows and nothing is rounded: of
  /// ranks, all sums are exact, and ρ is 0 where it should be. One root of the product, and not two roots,
  /// gives exactly ±1 for two variables with the same or opposite deviations.
  static func productMoment(_ x: [Double], _ y: [Double]) -> Double {
    let (a, b) = (deviations(x), deviations(y))
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for i in a.indices {
      xx += a[i] * a[i]
      yy += b[i] * b[i]
      xy += a[i] * b[i]
    }
    return min(max(xy / (xx * yy).squareRoot(), -1), 1)
  }

  /// The deviations from the mean, in units of a power of two near the largest.
  private static func deviations(_ values: [Double]) -> [Double] {
    let scaled = inUnitsOfLargest(values)
    let mean = scaled.reduce(0, +) / Double(values.count)
    return inUnitsOfLargest(scaled.map { $0 - mean })
  }

  /// The values divided by the power of two that leaves the largest in [1, 2).
  private static func inUnitsOfLargest(_ values: [Double]) -> [Double] {
    let largest = values.reduce(0) { max($0, abs($1)) }
    return largest > 0 ? values.map { $0 / largest.binade } : values
  }
}
