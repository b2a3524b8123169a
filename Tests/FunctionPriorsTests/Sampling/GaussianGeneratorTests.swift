import Foundation
import RandomStreams
import Testing

@testable import FunctionPriors

/// Ten million draws of the generator against the normal distribution.
@Suite("The Gaussian generator")
struct GaussianGeneratorTests {
  private static let draws = 10_000_000
  /// Bins of width 10⁻³ from −7 to 7, and powers one to four, of all draws.
  private static let found: (bins: [Int], powers: [Double]) = {
    let sampler = FunctionSampler(
      BooleanNetworkEnsemble(variables: 1, hidden: [1], weightVariance: 1, biasVariance: 1),
      key: RandomKey(seed: 11).split("gaussian"))
    var bins = [Int](repeating: 0, count: 14_000)
    var powers = [Double](repeating: 0, count: 4)
    let groups = draws / 64
    for first in stride(from: 0, to: groups, by: 5000) {
      let normals = sampler.normals(firstGroup: first, groups: min(5000, groups - first))
      bins.withUnsafeMutableBufferPointer { bins in
        for normal in normals {
          let z = Double(normal)
          let square = z * z
          powers[0] += z
          powers[1] += square
          powers[2] += square * z
          powers[3] += square * square
          bins[Int((z + 7) * 1000)] += 1
        }
      }
    }
    return (bins, powers.map { $0 / Double(64 * groups) })
  }()

  @Test("its moments are those of the standard normal within five standard errors")
  func moments() {
    let root = Double(Self.draws).squareRoot()
    // The variances of z, z², z³ and z⁴ are 1, 2, 15 and 96.
    for (found, (expected, variance)) in zip(Self.found.powers, [(0.0, 1.0), (1, 2), (0, 15), (3, 96)]) {
      #expect(abs(found - expected) < 5 * (variance as Double).squareRoot() / root)
    }
  }

  @Test("the Kolmogorov–Smirnov statistic is below its 0.999 quantile")
  func kolmogorovSmirnov() {
    var below = 0
    var largest = 0.0
    for (index, count) in Self.found.bins.enumerated() {
      below += count
      let z = Double(index + 1) / 1000 - 7
      largest = max(
        largest, abs(Double(below) / Double(Self.draws / 64 * 64) - 0.5 * erfc(-z / 2.0.squareRoot())))
    }
    // Read off at the bins' edges only, so a little too small; 1.9495 by Kolmogorov's distribution.
    #expect(largest * Double(Self.draws).squareRoot() < 1.9495)
    #expect(largest > 0)
  }

  @Test("its tails hold as much as they should, out to five deviations", arguments: [2.0, 3, 4, 4.5, 5])
  func tails(z: Double) {
    let edge = Int((z * 1000).rounded())
    let lower = Self.found.bins[..<(7000 - edge)].reduce(0, +)
    let upper = Self.found.bins[(7000 + edge)...].reduce(0, +)
    let expected = Double(Self.draws) * 0.5 * erfc(z / 2.0.squareRoot())
    for count in [lower, upper] {
      #expect(abs(Double(count) - expected) < 5 * expected.squareRoot() + 1)
    }
  }
}
