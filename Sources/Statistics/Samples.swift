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

  static func isConstant<Value: Equatable>(_ values: [Value]) -> Bool {
    values.allSatisfy { $0 == values[0] }
  }

  /// The place of each value among the distinct ones in ascending order, from 0: all of the values that their ranks
  /// depend on. O(n log n).
  static func places(_ values: [Double]) -> [Int] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var places = [Int](repeating: 0, count: values.count)
    for (previous, index) in zip(order, order.dropFirst()) {
      places[index] = places[previous] + (values[index] > values[previous] ? 1 : 0)
    }
    return places
  }

  /// Twice the ranks about their mean, tied values sharing the mean of theirs: whole numbers. O(n log n).
  static func centredRanks(of values: [Double]) -> [Int] { centredRanks(places: places(values)) }

  /// The same from the ``places(_:)`` of
  /// n values, or of a resample of them. O(n + the largest place).
  static func centredRanks(places: [Int]) -> [Int] {
    var ranks = [Int](repeating: 0, count: (places.max() ?? -1) + 1)
    for place in places { ranks[place] += 1 }
    // With b values below and t tied ones the mean of the ranks is b + (t + 1)/2; that of all is (n + 1)/2.
    var below = 0
    for place in ranks.indices {
      let tied = ranks[place]
      ranks[place] = 2 * below + tied - places.count
      below += tied
    }
    return places.map { ranks[$0] }
  }

  /// Spearman's ρ of two variables that are not constant, from their ``centredRanks(places:)``.
  ///
  /// The sums are of whole numbers and exact: ρ is 0 where it should be. One root of the product, and not two roots,
  /// gives exactly ±1 for the same or opposite ranks.
  static func productMoment(ofRanks x: [Int], _ y: [Int]) -> Double {
    var (xx, yy, xy) = (0, 0, 0)
    for (a, b) in zip(x, y) {
      xx += a * a
      yy += b * b
      xy += a * b
    }
    return min(max(Double(xy) / (Double(xx) * Double(yy)).squareRoot(), -1), 1)
  }

  /// Pearson's product-moment coefficient of two variables that are not constant.
  ///
  /// The values are scaled by powers of two, so that no square over- or underflows and nothing is rounded by it. One
  /// root of the product, and not two roots, gives exactly ±1 for two variables with the same or opposite deviations.
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
