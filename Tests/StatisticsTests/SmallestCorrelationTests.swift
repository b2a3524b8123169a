import RandomStreams
import Testing

@testable import Statistics

@Suite("The paired bootstrap of the smallest Spearman ρ")
struct SmallestCorrelationTests {
  private typealias Group = (prior: [Double], flatness: [Double], generalization: [Double])

  /// Groups of a few points each, with ties in the flatness.
  private func groups(_ sizes: [Int], seed: UInt64) -> [Group] {
    var stream = RandomStream(RandomKey(seed: seed))
    return sizes.map { n in
      let y = (0..<n).map { _ in stream.nextNormal() }
      return (
        y.map { $0 + 0.3 * stream.nextNormal() }, y.map { (2 * ($0 + stream.nextNormal())).rounded() }, y
      )
    }
  }

  /// ρ by its definition: ranks by counting, Pearson's r by sums.
  private func plainRho(_ x: [Double], _ y: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
      values.map { value in
        Double(values.count { $0 < value }) + Double(values.count { $0 == value } + 1) / 2
      }
    }
    let (a, b) = (ranks(x), ranks(y))
    let mean = Double(x.count + 1) / 2
    func sum(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    }
    return sum(a, b) / (sum(a, a) * sum(b, b)).squareRoot()
  }

  @Test("it is that of plain loops: every group resampled by itself, both minima of the same draw")
  func plainLoops() throws {
    let groups = groups([6, 9, 12], seed: 1)
    let key = RandomKey(seed: 2)
    let resamples = 300
    let estimate = try #require(
      PairedDifference.ofSmallestSpearman(groups, resamples: resamples, key: key).value)

    func difference(_ groups: [Group]) -> Double {
      let priors = groups.map { plainRho($0.prior, $0.generalization) }
      let others = groups.map { plainRho($0.flatness, $0.generalization) }
      return priors.sorted()[0] - others.sorted()[0]
    }
    func isConstant(_ values: [Double]) -> Bool { Set(values).count == 1 }
    var stream = RandomStream(key)
    var differences: [Double] = []
    for _ in 0..<resamples {
      var resample: [Group] = []
      for group in groups {
        var drawn: Group
        repeat {
          let n = group.prior.count
          let chosen = (0..<n).map { _ in stream.nextInteger(below: n) }
          drawn = (
            chosen.map { group.prior[$0] }, chosen.map { group.flatness[$0] },
            chosen.map { group.generalization[$0] }
          )
        } while isConstant(drawn.prior) || isConstant(drawn.flatness) || isConstant(drawn.generalization)
        resample.append(drawn)
      }
      differences.append(difference(resample))
    }
    differences.sort()
    // The quantiles at 0.025 · 299 = 7.475 and 291.525.
    let lower = differences[7] + 0.475 * (differences[8] - differences[7])
    let upper = differences[291] + 0.525 * (differences[292] - differences[291])
    // Sums of some ten ranks, rounded.
    #expect(abs(estimate.value - difference(groups)) < 1e-13)
    #expect(abs(estimate.interval.lower - lower) < 1e-13)
    #expect(abs(estimate.interval.upper - upper) < 1e-13)
    #expect(estimate.n == 27)
  }

  @Test("a prior in order everywhere beside a flatness against the order in one group differ by 2, always")
  func knownAnswer() throws {
    let y = [1.0, 2, 3, 4, 5, 6]
    let groups: [Group] = [(y, y.map { $0 * $0 }, y), (y.map { $0 - 9 }, y.map { -$0 }, y)]
    let estimate = try #require(PairedDifference.ofSmallestSpearman(groups, key: RandomKey(seed: 3)).value)
    #expect(estimate.value == 2 && estimate.interval.lower == 2 && estimate.interval.upper == 2)
    // The other way round, and a quantity beside itself.
    let mirrored = try #require(
      PairedDifference.ofSmallestSpearman(
        groups.map { ($0.flatness, $0.prior, $0.generalization) }, key: RandomKey(seed: 3)
      ).value)
    #expect(mirrored.value == -2 && mirrored.interval.lower == -2 && mirrored.interval.upper == -2)
    let same = try #require(
      PairedDifference.ofSmallestSpearman(
        groups.map { ($0.flatness, $0.flatness, $0.generalization) }, key: RandomKey(seed: 3)
      ).value)
    #expect(same.value == 0 && same.interval.lower == 0 && same.interval.upper == 0)
  }

  @Test("of one group it is the paired difference of ρ, bit for bit")
  func oneGroup() {
    let group = groups([20], seed: 4)[0]
    let key = RandomKey(seed: 5)
    #expect(
      PairedDifference.ofSmallestSpearman([group], key: key)
        == PairedDifference.ofSpearman(
          prior: group.prior, flatness: group.flatness, generalization: group.generalization, key: key))
  }

  @Test("a broken or constant variable of any group leaves it unmeasured, with the reason")
  func unmeasured() {
    let key = RandomKey(seed: 6)
    var broken = groups([6, 6], seed: 7)
    broken[1].flatness[2] = .nan
    #expect(
      PairedDifference.ofSmallestSpearman(broken, key: key).reason == .notFinite(count: 1, total: 6))
    broken[1].flatness = [Double](repeating: 1, count: 6)
    #expect(
      PairedDifference.ofSmallestSpearman(broken, key: key).reason == .constant(variable: "flatness"))
  }
}
