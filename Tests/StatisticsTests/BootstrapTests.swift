import RandomStreams
import Testing

@testable import Statistics

struct BootstrapTests {
  /// Correlated points: y follows x, z follows it loosely.
  private func points(_ n: Int, seed: UInt64) -> (x: [Double], y: [Double], z: [Double]) {
    var stream = RandomStream(RandomKey(seed: seed))
    let x = (0..<n).map { _ in stream.nextNormal() }
    return (x, x.map { $0 + 0.2 * stream.nextNormal() }, x.map { $0 + 2 * stream.nextNormal() })
  }

  @Test("the same key gives the same interval, another key another one")
  func reproducible() throws {
    let (x, y, _) = points(30, seed: 1)
    let a = Correlation.spearman(x, y, key: RandomKey(seed: 5))
    #expect(a == Correlation.spearman(x, y, key: RandomKey(seed: 5)))
    #expect(a != Correlation.spearman(x, y, key: RandomKey(seed: 6)))
  }

  @Test("the interval of a mean is the normal one, within the bootstrap's own error")
  func meanInterval() throws {
    let (x, _, _) = points(200, seed: 2)
    let bootstrap = Bootstrap(resamples: 4000, key: RandomKey(seed: 7))
    let interval = try #require(
      bootstrap.interval(ofStrata: [[("x", x)]]) { $0[0][0].reduce(0, +) / Double($0[0][0].count) }.value)
    let mean = x.reduce(0, +) / 200
    let error = (x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200 / 200).squareRoot()
    // A 2.5 % quantile of 4000 draws has a standard error of about 0.04 standard deviations; four of them.
    #expect(abs(interval.lower - (mean - 1.96 * error)) < 0.16 * error)
    #expect(abs(interval.upper - (mean + 1.96 * error)) < 0.16 * error)
  }

  @Test("Spearman's interval covers the true value about as often as it says")
  func coverage() throws {
    // Independent variables: ρ = 0. Of 100 data sets 95 ± 2.2 should be covered; the percentile bootstrap at
    // n = 30 is a little narrow, so the bound leaves four standard errors below.
    let covered = try (0..<100).count { seed in
      var stream = RandomStream(RandomKey(seed: 1000).split(seed))
      let x = (0..<30).map { _ in stream.nextNormal() }
      let y = (0..<30).map { _ in stream.nextNormal() }
      let estimate = Correlation.spearman(x, y, resamples: 200, key: RandomKey(seed: 8).split(seed))
      return try #require(estimate.value?.interval).contains(0)
    }
    #expect(covered >= 86)
  }

  @Test("the difference is that of the two coefficients, and pairing makes its interval the narrower")
  func pairedDifference() throws {
    let (x, y, z) = points(55, seed: 3)
    let key = RandomKey(seed: 9)
    let pearson = try #require(
      PairedDifference.ofAbsolutePearson(prior: y, flatness: z.map { -$0 }, generalization: x, key: key).value
    )
    let r = (try #require(Correlation.pearson(y, x).value), try #require(Correlation.pearson(z, x).value))
    #expect(abs(pearson.value - (abs(r.0.value) - abs(r.1.value))) < 1e-14)
    #expect(pearson.interval.lower > 0 && pearson.interval.contains(pearson.value) && pearson.n == 55)

    let spearman = try #require(
      PairedDifference.ofSpearman(prior: y, flatness: z.map { -$0 }, generalization: x, key: key).value)
    let rho = (Correlation.rankCorrelation(y, x), Correlation.rankCorrelation(z, x))
    // The sign counts here: flatness runs against generalization.
    #expect(abs(spearman.value - (rho.0 + rho.1)) < 1e-14)

    let same = try #require(
      PairedDifference.ofSpearman(prior: y, flatness: y, generalization: x, key: key).value)
    #expect(same.value == 0 && same.interval.lower == 0 && same.interval.upper == 0)
  }

  @Test("broken variables are named, and nothing is measured")
  func unmeasured() {
    let key = RandomKey(seed: 9)
    let constant = PairedDifference.ofSpearman(
      prior: [1, 2, 3], flatness: [4, 4, 4], generalization: [1, 3, 2], key: key)
    #expect(constant.reason == .constant(variable: "flatness"))
    let broken = PairedDifference.ofAbsolutePearson(
      prior: [1, 2, .nan], flatness: [4, 5, 4], generalization: [1, 3, .nan], key: key)
    #expect(broken.reason == .notFinite(count: 1, total: 3))
  }

  @Test("a variable that most resamples make constant has no interval")
  func degenerate() {
    // One value in 3 differs, so that a resample is constant with probability (2/3)³ + (1/3)³ = 1/3: redrawn,
    // and measured.
    let fine = Correlation.spearman([0, 0, 1], [1, 2, 3], resamples: 100, key: RandomKey(seed: 1))
    #expect(fine.value != nil)
    // Two such variables that differ at different points: both vary only when all three points are drawn,
    // 6/27.
    let sparse = PairedDifference.ofSpearman(
      prior: [0, 0, 1], flatness: [0, 1, 0], generalization: [1, 0, 0], resamples: 100,
      key: RandomKey(seed: 1))
    guard case .unmeasured(.degenerateResamples) = sparse else {
      Issue.record("expected no interval, got \(sparse)")
      return
    }
  }
}
