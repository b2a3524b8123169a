import Foundation
import RandomStreams
import Testing

@testable import Statistics

struct CorrelationTests {
  struct Case: Decodable {
    let name: String
    let x, y: [Double]
    let pearson, pearsonP, pearsonLower, pearsonUpper, spearman, spearmanP, kendall, kendallP: Double
    let spearmanExactP, kendallExactP: Double?
  }
  struct BetaRow: Decodable { let a, b, x, value: Double }
  struct Table: Decodable {
    let cases: [Case]
    let beta: [BetaRow]
  }

  private let key = RandomKey(seed: 3)

  private func table() throws -> Table {
    let file = Bundle.module.bundleURL.appendingPathComponent("Oracles/scipy_correlations.json")
    return try JSONDecoder().decode(Table.self, from: Data(contentsOf: file))
  }

  private func isClose(_ value: Double, _ expected: Double, relative: Double) -> Bool {
    abs(value - expected) <= relative * abs(expected)
  }

  @Test("Pearson's r, its interval and p agree with SciPy")
  func pearson() throws {
    for stored in try table().cases {
      let result = try #require(Correlation.pearson(stored.x, stored.y).value)
      #expect(abs(result.value - stored.pearson) < 1e-13, "\(stored.name)")
      // p depends on 1 − r², which a rounding of r moves by 1e-16/(1 − r²), to the power (n − 2)/2.
      let slack = 1e-10 + Double(result.n) * 4e-16 / (1 - stored.pearson * stored.pearson)
      #expect(isClose(result.pValue, stored.pearsonP, relative: slack), "\(stored.name)")
      let interval = try #require(result.interval)
      #expect(abs(interval.lower - stored.pearsonLower) < 1e-11, "\(stored.name)")
      #expect(abs(interval.upper - stored.pearsonUpper) < 1e-11, "\(stored.name)")
      #expect(result.n == stored.x.count && interval.level == 0.95)
    }
  }

  @Test("Spearman's ρ and p agree with SciPy, ties included; up to nine points with its permutation test")
  func spearman() throws {
    for stored in try table().cases {
      let result = try #require(Correlation.spearman(stored.x, stored.y, resamples: 200, key: key).value)
      #expect(abs(result.value - stored.spearman) < 1e-13, "\(stored.name)")
      #expect((stored.spearmanExactP == nil) == (result.n > 9))
      let pValue = stored.spearmanExactP ?? stored.spearmanP
      #expect(isClose(result.pValue, pValue, relative: 1e-9), "\(stored.name)")
      #expect(result.interval?.contains(result.value) == true, "\(stored.name)")
    }
  }

  @Test("Kendall's τ-b and p agree with SciPy, ties included; up to nine points with its permutation test")
  func kendall() throws {
    for stored in try table().cases {
      let result = try #require(Correlation.kendallTauB(stored.x, stored.y).value)
      #expect(abs(result.value - stored.kendall) < 1e-13, "\(stored.name)")
      let pValue = stored.kendallExactP ?? stored.kendallP
      #expect(isClose(result.pValue, pValue, relative: 1e-10), "\(stored.name)")
      #expect(result.interval == nil)
    }
  }

  @Test("of n points in order, two of the n! pairings are as far from no association")
  func exactInOrder() throws {
    var factorial = 2.0
    for n in 3...9 {
      factorial *= Double(n)
      let x = (0..<n).map { Double($0 * $0) }
      #expect(ExactRankTest.spearman(x, x.reversed()) == 2 / factorial)
      #expect(ExactRankTest.kendall(x, x) == 2 / factorial)
    }
  }

  @Test(
    "of more than nine points in order, too, two of the n! pairings are as far; ties as their exchanges count"
  )
  func inOrderOfMany() throws {
    func pValue(_ x: [Double], _ y: [Double]) throws -> Double {
      try #require(Correlation.spearman(x, y, resamples: 100, key: key).value).pValue
    }
    let factorial = (1...10).reduce(1.0) { $0 * Double($1) }
    let x = (0..<10).map { Double($0 * $0) }
    #expect(isClose(try pValue(x, x), 2 / factorial, relative: 1e-13))
    #expect(isClose(try pValue(x, x.reversed()), 2 / factorial, relative: 1e-13))
    // Two tied at one end: 2! pairings in the same order, and none in the opposite one.
    let tied = [0, 0] + x.dropFirst(2)
    #expect(isClose(try pValue(tied, tied), 2 / factorial, relative: 1e-13))
    // Two tied at each end: 2! 2! pairings in either order.
    let symmetric = [0.0, 0, 1, 2, 3, 4, 5, 6, 7, 7]
    #expect(isClose(try pValue(symmetric, symmetric.map(-)), 8 / factorial, relative: 1e-13))
  }

  @Test("of few points in order, the closed form gives what counting gives")
  func inOrderOfFew() throws {
    for x in [[1.0, 2, 3, 4, 5, 6], [1, 1, 2, 3, 4], [1, 1, 2, 3, 3], [1, 2, 2, 2, 5, 6, 6]] {
      for y in [x, x.map(-)] {
        let closed = try #require(ExactRankTest.spearmanInOrder(x, y))
        #expect(isClose(closed, ExactRankTest.spearman(x, y), relative: 1e-13), "\(x) \(y)")
      }
    }
    #expect(ExactRankTest.spearmanInOrder([1, 2, 3], [1, 3, 2]) == nil)
  }

  @Test("ranks without association have ρ = 0, and no rounding of it, in whatever order they come")
  func exactZero() {
    // |x − middle| is even about the middle, and x odd.
    for n in 3...60 {
      let x = (0..<n).map(Double.init)
      let y = x.map { abs($0 - Double(n - 1) / 2) }
      for shift in 0..<n {
        let order = (0..<n).map { ($0 * 7 + shift) % n }
        guard Set(order).count == n else { continue }
        #expect(Correlation.rankCorrelation(order.map { x[$0] }, order.map { y[$0] }) == 0)
      }
    }
  }

  @Test("the incomplete beta function agrees with 50-digit values")
  func incompleteBeta() throws {
    for row in try table().beta {
      let value = IncompleteBeta.regularised(row.x, row.a, row.b, complement: 1 - row.x)
      #expect(isClose(value, row.value, relative: 1e-12), "I_\(row.x)(\(row.a), \(row.b))")
    }
  }

  @Test("the normal quantile inverts the normal distribution")
  func normalQuantile() {
    #expect(abs(NormalQuantile.value(0.975) - 1.959_963_984_540_054) < 1e-14)
    #expect(NormalQuantile.value(0.5) == 0)
    for p in [0.6, 0.9, 0.995, 1 - 1e-9] {
      #expect(abs(0.5 * erfc(-NormalQuantile.value(p) / 2.0.squareRoot()) - p) < 1e-15)
    }
  }

  @Test("a perfect line gives r = ±1 with p = 0, and three points an interval that says nothing")
  func perfectLine() throws {
    let x = [1.0, 2, 3, 4]
    let rising = try #require(Correlation.pearson(x, x).value)
    #expect(rising.value == 1 && rising.pValue < 1e-15)
    #expect(rising.interval?.upper == 1)
    let falling = try #require(Correlation.pearson([1, 2, 3], [3, 2, 1]).value)
    #expect(falling.value == -1)
    #expect(falling.interval == ConfidenceInterval(lower: -1, upper: 1, level: 0.95))
  }

  @Test("Spearman's interval: three points say nothing, and six perfect ranks do not give certainty")
  func fewRanks() throws {
    let three = try #require(Correlation.spearman([1, 2, 3], [1, 4, 9], key: key).value)
    #expect(three.value == 1)
    #expect(three.interval == ConfidenceInterval(lower: -1, upper: 1, level: 0.95))
    // One swap of neighbours is ρ = 1 − 12/210 = 33/35: artanh(33/35) = ½ ln 34, margin 1.96 √((1 + ρ²/2)/3).
    let nearest = 33.0 / 35
    let end = tanh(0.5 * log(34) - 1.959_963_984_540_054 * ((1 + nearest * nearest / 2) / 3).squareRoot())
    let x = [1.0, 2, 3, 4, 5, 6]
    let rising = try #require(Correlation.spearman(x, x.map { $0 * $0 }, key: key).value)
    #expect(rising.value == 1 && rising.interval?.upper == 1)
    #expect(abs(try #require(rising.interval).lower - end) < 1e-13)
    let falling = try #require(Correlation.spearman(x, x.map { -$0 }, key: key).value)
    #expect(falling.value == -1 && falling.interval?.lower == -1)
    #expect(abs(try #require(falling.interval).upper + end) < 1e-13)
  }

  @Test("Spearman's interval is the union of the bootstrap's and Bonett & Wright's")
  func unionOfIntervals() throws {
    var stream = RandomStream(RandomKey(seed: 41))
    for noise in [0.1, 0.5, 2] {
      let x = (0..<55).map { _ in stream.nextNormal() }
      let y = x.map { $0 + noise * stream.nextNormal() }
      let result = try #require(Correlation.spearman(x, y, key: key).value)
      let interval = try #require(result.interval)
      let bootstrap = try #require(
        Bootstrap(key: key).interval(ofStrata: [[("x", x), ("y", y)]]) {
          Correlation.rankCorrelation($0[0][0], $0[0][1])
        }
        .value)
      let margin = 1.959_963_984_540_054 * ((1 + result.value * result.value / 2) / 52).squareRoot()
      let ends = [-1, 1].map { tanh(atanh(result.value) + $0 * margin) }
      #expect(abs(interval.lower - min(bootstrap.lower, ends[0])) < 1e-13)
      #expect(abs(interval.upper - max(bootstrap.upper, ends[1])) < 1e-13)
    }
  }

  @Test("perfect ranks give exactly ±1 at every n")
  func perfectRanks() {
    for n in 3...100 {
      let x = (0..<n).map { exp(Double($0) / 10) }
      #expect(Correlation.rankCorrelation(x, x.map { $0 * $0 }) == 1)
      #expect(Correlation.rankCorrelation(x, x.map { 1 / $0 }) == -1)
    }
  }

  @Test("values whose squares over- or underflow are no obstacle")
  func extremes() throws {
    for scale in [1e-250, 1e250] {
      let result = try #require(Correlation.pearson([1 * scale, 2 * scale, 4 * scale], [2, 1, 5]).value)
      let plain = try #require(Correlation.pearson([1, 2, 4], [2, 1, 5]).value)
      #expect(abs(result.value - plain.value) < 1e-14)
    }
  }

  @Test("tied values share the mean of their ranks")
  func ranks() {
    let places = Samples.places([10, 20, 10, 5, 20, 20])
    #expect(places == [1, 2, 1, 0, 2, 2])
    // Ranks 2.5, 5, 2.5, 1, 5 and 5, twice and less 7.
    #expect(Samples.centredRanks(places: places) == [-2, 3, -2, -5, 3, 3])
    // A resample without the smallest value, of ranks 1, 2.5 and 2.5.
    #expect(Samples.centredRanks(places: [1, 2, 2]) == [-2, 1, 1])
  }

  @Test("NaN, infinity, too few points and constants give a reason instead of a number")
  func unmeasured() {
    let x = [1.0, 2, 3, 4]
    typealias Statistic = ([Double], [Double]) -> Measured<CorrelationEstimate>
    let statistics: [Statistic] = [
      { Correlation.pearson($0, $1) }, { Correlation.kendallTauB($0, $1) },
      { Correlation.spearman($0, $1, key: self.key) },
    ]
    for statistic in statistics {
      #expect(statistic(x, [1, .nan, .infinity, 2]).reason == .notFinite(count: 2, total: 4))
      #expect(statistic([1, 2], [3, 4]).reason == .tooFewPoints(2))
      #expect(statistic([], []).reason == .tooFewPoints(0))
      #expect(statistic(x, [7, 7, 7, 7]).reason == .constant(variable: "y"))
      #expect(statistic([7, 7, 7, 7], x).value == nil)
      #expect(statistic([7, 7, 7, 7], x).reason?.description.contains("equal") == true)
    }
  }
}
