import Foundation
import LinearAlgebra
import RandomStreams
import Synchronization
import Testing

@testable import FunctionPriors

@Suite("The prior by sampling") struct SampledPriorTests {
  private func sampled(
    _ matrix: Matrix<Double>, _ labels: [UInt8], _ likelihood: Likelihood = .heaviside, target: Double = 0.01,
    seed: UInt64 = 1, workers: Int = 2
  ) throws -> SampledPriorEstimate {
    let kernel = try CovarianceKernel(matrix)
    let guide = try ExpectationPropagation(likelihood: likelihood).logProbability(of: labels, kernel: kernel)
    return try SampledPrior(likelihood: likelihood, targetError: target, workers: workers).logProbability(
      of: labels, kernel: kernel, guide: guide, key: RandomKey(seed: seed))
  }

  /// Equal correlations ρ between n points of variance 1.
  static func equicorrelated(_ n: Int, _ correlation: Double) -> Matrix<Double> {
    var matrix = Matrix<Double>(rows: n, columns: n, repeating: correlation)
    for i in 0..<n { matrix[i, i] = 1 }
    return matrix
  }

  /// ln of the share of `ones` ones and n − `ones` zeros at such points: ∫ φ(z) Φ(c z)^ones Φ(−c z)^(n − ones) dz with
  /// c = √(ρ/(1 − ρ)), by the trapezoidal rule, which converges geometrically here.
  static func exact(_ n: Int, ones: Int, _ correlation: Double) -> Double {
    let slope = (correlation / (1 - correlation)).squareRoot()
    let step = 0.001
    let terms = (-12_000...12_000).map { k -> Double in
      let z = Double(k) * step
      return -0.5 * z * z - 0.5 * log(2 * Double.pi) + Double(ones) * NormalTail(slope * z).logProbability
        + Double(n - ones) * NormalTail(-slope * z).logProbability
    }
    let top = terms.max() ?? 0
    return top + log(terms.reduce(0) { $0 + exp($1 - top) } * step)
  }

  private func agrees(_ estimate: SampledPriorEstimate, _ value: Double, error: Double = 0) -> Bool {
    abs(estimate.logProbabilityInNats - value)
      < 1e-10 + 4 * (estimate.standardError * estimate.standardError + error * error).squareRoot()
  }

  @Test("orthants of up to three points have closed forms", arguments: [0.0, 0.6, -0.7, 0.95])
  func smallOrthants(correlation: Double) throws {
    let one = try sampled(Matrix([[3.5]]), [1])
    #expect(abs(one.logProbabilityInNats - log(0.5)) < 1e-12 && one.standardError < 1e-12)
    let two = Matrix([[2.0, correlation * 6.0.squareRoot()], [correlation * 6.0.squareRoot(), 3.0]])
    for labels in [[1, 1], [1, 0]] as [[UInt8]] {
      let sign = labels[0] == labels[1] ? 1.0 : -1.0
      let value = log(0.25 + sign * asin(correlation) / (2 * .pi))
      let estimate = try sampled(two, labels)
      #expect(agrees(estimate, value) && estimate.standardError < 0.02, "\(estimate) \(value)")
    }
    // Another correlation with each point, so that signs matter.
    let (a, b, c) = (correlation, 0.3, 0.2)
    let three = Matrix([[1, a, b], [a, 1, c], [b, c, 1]])
    guard (try? Cholesky(three)) != nil else { return }
    let value = log(0.125 + (asin(a) - asin(b) - asin(c)) / (4 * .pi))
    #expect(agrees(try sampled(three, [1, 1, 0]), value))
  }

  @Test(
    "equal correlations have one integral, whatever the labels",
    arguments: [
      (4, 4, 0.5), (4, 1, 0.8), (50, 25, 0.5), (100, 90, 0.9), (200, 200, 1 / 1.01), (200, 199, 1 / 1.01),
    ])
  func equicorrelated(n: Int, ones: Int, correlation: Double) throws {
    let value = Self.exact(n, ones: ones, correlation)
    if n == 200, ones == 200 { #expect(abs(value + 0.93676) < 1e-5) }
    let labels = (0..<n).map { UInt8($0 < ones ? 1 : 0) }
    let estimate = try sampled(Self.equicorrelated(n, correlation), labels)
    #expect(agrees(estimate, value), "\(estimate), exactly \(value)")
    #expect(estimate.isReliable && estimate.standardError < 0.03)
  }

  @Test(
    "19 of 20 intervals hold the value, over 40 seeds",
    arguments: [(100, 60, 0.9, 0.05), (200, 200, 1 / 1.01, 0.02)])
  func coverage(n: Int, ones: Int, correlation: Double, target: Double) throws {
    let value = Self.exact(n, ones: ones, correlation)
    let labels = (0..<n).map { UInt8($0 < ones ? 1 : 0) }
    let held = try (1...40).count { seed in
      let estimate = try sampled(
        Self.equicorrelated(n, correlation), labels, target: target, seed: UInt64(seed))
      return abs(estimate.logProbabilityInNats - value) < 1.96 * estimate.standardError
    }
    // 38 are expected; fewer than 33 come up three times in a thousand.
    #expect(held >= 33, "\(held) of 40")
  }

  @Test("probit is the step with the noise in the kernel")
  func noise() throws {
    var matrix = Self.equicorrelated(60, 0.7)
    for i in 0..<60 { for j in 0..<60 { matrix[i, j] *= 3 } }
    let labels = (0..<60).map { UInt8($0 % 3 == 0 ? 1 : 0) }
    let probit = try sampled(matrix, labels, .probit)
    for i in 0..<60 { matrix[i, i] += 1 }
    let step = try sampled(matrix, labels)
    #expect(agrees(probit, step.logProbabilityInNats, error: step.standardError))
    let scaled = Self.exact(60, ones: 20, 2.1 / 4)
    #expect(agrees(probit, scaled) && agrees(step, scaled))
  }

  private struct Stored: Decodable {
    struct Case: Decodable {
      let n: Int
      let labels: String
      let logProbability: Double
      let standardError: Double
    }
    let cases: [Case]
  }

  /// SplitMix64 of consecutive numbers, as numbers in [0, 1).
  private static func uniform(_ count: Int, stream: UInt64) -> [Double] {
    (0..<UInt64(count)).map { number in
      var z = (number + stream << 32 + 1) &* 0x9E37_79B9_7F4A_7C15
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
  }

  @Test("300 and 1500 points: the values of another implementation, up to both errors")
  func independent() throws {
    let cases = try Oracle.decode(Stored.self, from: "sampled_prior.json").cases
    #expect(cases.map(\.n) == [300, 300, 1500, 1500])
    for stored in cases {
      let inputs = Matrix(rows: stored.n, columns: 20, elements: Self.uniform(20 * stored.n, stream: 1))
      let hashed = Self.uniform(stored.n, stream: 2)
      let labels = (0..<stored.n).map { i -> UInt8 in
        (stored.labels == "smooth" ? inputs[i, 0] > 0.5 : hashed[i] < 0.5) ? 1 : 0
      }
      let kernel = NNGPKernel(hiddenLayers: 2, weightVariance: 2, biasVariance: 1).matrix(inputs)
      let estimate = try sampled(kernel, labels, target: 0.03)
      #expect(agrees(estimate, stored.logProbability, error: stored.standardError), "\(stored) \(estimate)")
      #expect(estimate.standardError < 0.05)
    }
  }

  @Test(
    "the constant functions of seven Boolean variables: two million draws of the process itself say 0.0769")
  func booleanConstants() throws {
    var inputs = Matrix<Double>(rows: 128, columns: 7)
    for row in 0..<128 { for bit in 0..<7 { inputs[row, bit] = Double((row >> bit) & 1) } }
    let kernel = NNGPKernel(hiddenLayers: 2, weightVariance: 1, biasVariance: 0.01).matrix(inputs)
    for label in [UInt8(0), 1] {
      let estimate = try sampled(kernel, [UInt8](repeating: label, count: 128))
      let error = (0.0769 * (1 - 0.0769) / 2e6).squareRoot() / 0.0769
      #expect(agrees(estimate, log(0.0769), error: error) && estimate.isReliable, "\(estimate)")
    }
  }

  @Test("the same particles whatever the workers; other seeds give others")
  func repeatable() throws {
    let labels = (0..<30).map { UInt8($0 % 2) }
    let matrix = Self.equicorrelated(30, 0.6)
    let one = try sampled(matrix, labels, workers: 1)
    #expect(try sampled(matrix, labels, workers: 3) == one)
    #expect(try sampled(matrix, labels, seed: 2).logProbabilityInNats != one.logProbabilityInNats)
  }

  @Test("what cannot be sampled is refused, and a call can be stopped")
  func errors() throws {
    let kernel = try CovarianceKernel(Self.equicorrelated(5, 0.5))
    let labels: [UInt8] = [1, 0, 1, 1, 0]
    let guide = try ExpectationPropagation().logProbability(of: labels, kernel: kernel)
    let sampler = SampledPrior()
    #expect(throws: FunctionPriorError.labelCount(expected: 5, got: 4)) {
      try sampler.logProbability(
        of: Array(labels.prefix(4)), kernel: kernel, guide: guide, key: RandomKey(seed: 1))
    }
    #expect(throws: FunctionPriorError.cancelled) {
      try sampler.logProbability(
        of: labels, kernel: kernel, guide: guide, key: RandomKey(seed: 1), isCancelled: { true })
    }
    let shares = Mutex([Double]())
    _ = try sampler.logProbability(
      of: labels, kernel: kernel, guide: guide, key: RandomKey(seed: 1),
      progress: { share in shares.withLock { $0.append(share) } })
    #expect(shares.withLock { $0.max() } == 1)
  }

  @Test("the tail of weights is Pareto's: its shape is found, and weights without a tail have none")
  func tails() {
    for shape in [0.2, 0.5, 1.0] {
      var stream = RandomStream(RandomKey(seed: 3))
      let weights = (0..<20_000).map { _ in -shape * log(stream.nextUniform()) }
      let tail = ParetoTail(logWeights: weights)
      #expect(abs(tail.shape - shape) < 0.15)
      // Of a Pareto distribution on [1, ∞) the part above its quantile q = 1 − 3/√N, in closed form.
      let q = 3 / 20_000.0.squareRoot()
      if shape < 1 {
        #expect(abs(tail.share / (shape * pow(q, 1 - shape)) - 1) < 0.5)
        #expect(!tail.isHarmless || shape < 0.7)
      }
    }
    let equal = ParetoTail(logWeights: [Double](repeating: -3, count: 1000))
    #expect(equal.shape == -.infinity && equal.share == 0 && equal.isHarmless)
    #expect(!ParetoTail(logWeights: [0, 1, 2]).isHarmless)
  }

  @Test(
    "normals above a limit have the moments of the truncated normal", arguments: [-3.0, -0.5, 0.2, 0.3, 2, 8])
  func truncated(limit: Double) {
    var stream = RandomStream(RandomKey(seed: 5))
    let draws = (0..<40_000).map { _ in stream.nextNormal(above: limit) }
    #expect(draws.allSatisfy { $0 > limit })
    let tail = NormalTail(-limit)
    let mean = draws.reduce(0, +) / 40_000
    let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 40_000
    #expect(abs(mean - tail.ratio) < 5 * (tail.remainingVariance / 40_000).squareRoot())
    #expect(abs(variance / tail.remainingVariance - 1) < 0.08)
  }
}
