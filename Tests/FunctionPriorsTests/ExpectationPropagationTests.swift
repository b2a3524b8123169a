import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import FunctionPriors

struct ExpectationPropagationTests {
  struct GPyCase: Decodable {
    let n: Int
    let kernel: [Double]
    let labels: [UInt8]
    let logEvidence: Double
  }
  struct GPyTable: Decodable { let cases: [GPyCase] }

  private func estimate(
    _ likelihood: Likelihood, _ kernel: Matrix<Double>, _ labels: [UInt8]
  ) throws -> FunctionPriorEstimate {
    let method = ExpectationPropagation(likelihood: likelihood, tolerance: 1e-11)
    return try method.logProbability(of: labels, kernel: CovarianceKernel(kernel))
  }

  /// Random inputs, their two-layer kernel and random labels.
  private func example(n: Int, seed: UInt64) -> (kernel: Matrix<Double>, labels: [UInt8]) {
    var stream = RandomStream(RandomKey(seed: seed))
    let inputs = Matrix(rows: n, columns: 3, elements: (0..<3 * n).map { _ in stream.nextNormal() })
    return (NNGPKernel().matrix(inputs), (0..<n).map { _ in UInt8(stream.nextInteger(below: 2)) })
  }

  @Test("probit agrees with GPy's log evidence to its own convergence")
  func gpy() throws {
    let cases = try Oracle.decode(GPyTable.self, from: "gpy_probit.json").cases
    #expect(cases.count == 5)
    for stored in cases {
      let kernel = Matrix(rows: stored.n, columns: stored.n, elements: stored.kernel)
      let result = try estimate(.probit, kernel, stored.labels)
      #expect(result.converged)
      #expect(abs(result.logProbabilityInNats - stored.logEvidence) < 1e-8, "n = \(stored.n)")
    }
  }

  @Test("one point has probability ½, whatever its label and variance", arguments: Likelihood.allCases)
  func onePoint(likelihood: Likelihood) throws {
    for variance in [1e-3, 1, 50] {
      for label in [UInt8(0), 1] {
        let result = try estimate(likelihood, Matrix([[variance]]), [label])
        #expect(abs(result.logProbabilityInNats + log(2)) < 1e-12)
        #expect(abs(result.log10Probability - log10(0.5)) < 1e-12)
        #expect(result.converged && result.n == 1)
      }
    }
  }

  @Test("independent points have probability 2⁻ⁿ", arguments: Likelihood.allCases)
  func independentPoints(likelihood: Likelihood) throws {
    var kernel = Matrix<Double>(rows: 20, columns: 20)
    for i in 0..<20 { kernel[i, i] = 0.1 * Double(i + 1) }
    let result = try estimate(likelihood, kernel, (0..<20).map { UInt8($0 % 2) })
    #expect(abs(result.logProbabilityInNats + 20 * log(2)) < 1e-11)
  }

  @Test("two points: the quadrant probability ¼ + asin(ρ)/2π within EP's own error")
  func quadrant() throws {
    for correlation in [-0.9, -0.5, 0.1, 0.5, 0.9] {
      let kernel = Matrix([[1, correlation], [correlation, 1]])
      let result = try estimate(.heaviside, kernel, [1, 1])
      // EP's own error against exact orthants: 0.015 nats as a rule, more for strong correlations.
      let bound = abs(correlation) > 0.5 ? 0.05 : 0.015
      #expect(abs(result.logProbabilityInNats - log(0.25 + asin(correlation) / (2 * .pi))) < bound)
      let noisy = try estimate(.probit, kernel, [1, 1])
      // u + noise has variance 2, so the correlation is halved.
      #expect(abs(noisy.logProbabilityInNats - log(0.25 + asin(correlation / 2) / (2 * .pi))) < 0.005)
    }
  }

  @Test("three points: the octant probability within EP's own error, for all eight functions")
  func octant() throws {
    let (a, b, c) = (0.6, -0.3, 0.2)
    let kernel = Matrix([[1, a, b], [a, 1, c], [b, c, 1]])
    for function in 0..<8 {
      let labels = (0..<3).map { UInt8(function >> $0 & 1) }
      let y = labels.map { $0 == 1 ? 1.0 : -1.0 }
      let angles = asin(y[0] * y[1] * a) + asin(y[0] * y[2] * b) + asin(y[1] * y[2] * c)
      let result = try estimate(.heaviside, kernel, labels)
      #expect(abs(result.logProbabilityInNats - log(0.125 + angles / (4 * .pi))) < 0.02)
    }
  }

  @Test("probit on K is the step on K + I")
  func probitIsStepWithNoise() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      let (kernel, labels) = example(n: 30, seed: seed)
      var noisy = kernel
      for i in 0..<30 { noisy[i, i] += 1 }
      let probit = try estimate(.probit, kernel, labels)
      let step = try estimate(.heaviside, noisy, labels)
      #expect(abs(probit.logProbabilityInNats - step.logProbabilityInNats) < 1e-8)
    }
  }

  @Test("the order of the points and the sign of all labels do not matter", arguments: Likelihood.allCases)
  func symmetries(likelihood: Likelihood) throws {
    let (kernel, labels) = example(n: 25, seed: 9)
    let reference = try estimate(likelihood, kernel, labels).logProbabilityInNats
    var stream = RandomStream(RandomKey(seed: 10))
    let order = stream.nextPermutation(of: 25)
    var permuted = kernel
    for i in 0..<25 { for j in 0..<25 { permuted[i, j] = kernel[order[i], order[j]] } }
    let shuffled = try estimate(likelihood, permuted, order.map { labels[$0] }).logProbabilityInNats
    #expect(abs(shuffled - reference) < 1e-8)
    let negated = try estimate(likelihood, kernel, labels.map { 1 - $0 }).logProbabilityInNats
    #expect(abs(negated - reference) < 1e-10)
  }

  @Test("the step does not depend on the kernel's scale")
  func scale() throws {
    let (kernel, labels) = example(n: 20, seed: 3)
    var scaled = kernel
    for i in scaled.elements.indices { scaled.elements[i] *= 1e4 }
    let a = try estimate(.heaviside, kernel, labels).logProbabilityInNats
    let b = try estimate(.heaviside, scaled, labels).logProbabilityInNats
    #expect(abs(a - b) < 1e-8)
  }

  @Test("the probabilities of all functions of four points add up to one within EP's own error")
  func normalisation() throws {
    let (kernel, _) = example(n: 4, seed: 17)
    for likelihood in Likelihood.allCases {
      let total = try (0..<16).reduce(0.0) { sum, function in
        let labels = (0..<4).map { UInt8(function >> $0 & 1) }
        return try sum + exp(estimate(likelihood, kernel, labels).logProbabilityInNats)
      }
      // The worst error seen for four points of such kernels is 0.11 nats.
      #expect(abs(total - 1) < 0.11)
    }
  }

  @Test("a warm start reaches the same value in fewer sweeps", arguments: Likelihood.allCases)
  func warmStart(likelihood: Likelihood) throws {
    let (kernel, labels) = example(n: 40, seed: 5)
    // Well above rounding, which would decide the number of sweeps at the tolerance of the other tests.
    let method = ExpectationPropagation(likelihood: likelihood, tolerance: 1e-7)
    let checked = try CovarianceKernel(kernel)
    let cold = try method.logProbability(of: labels, kernel: checked)
    let warm = try method.logProbability(of: labels, kernel: checked, start: cold.sites)
    #expect(abs(cold.logProbabilityInNats - warm.logProbabilityInNats) < 2e-7)
    #expect(warm.sweeps < cold.sweeps)
    #expect(cold.damping == 1 && cold.dampedSweeps == 0)
  }

  @Test("the log evidence is that of the book's equations 3.65, 3.73 and 3.74 at the same sites")
  func bookFormula() throws {
    let (kernel, labels) = example(n: 15, seed: 21)
    let signs = labels.map { $0 == 1 ? 1.0 : -1.0 }
    for likelihood in Likelihood.allCases {
      let method = ExpectationPropagation(likelihood: likelihood, maximumSweeps: 2)
      let result = try method.logProbability(of: labels, kernel: CovarianceKernel(kernel))
      let expected = try PlainEvidence.logEvidence(
        kernel: kernel, signs: signs, sites: result.sites, noise: likelihood.noiseVariance)
      // The plain formula loses digits in its differences; 1e-9 of 10 nats leaves room for them.
      #expect(abs(result.logProbabilityInNats - expected) < 1e-9)
      #expect(!result.converged && result.sweeps == 2)
    }
  }

  @Test("from empty sites the first sweep sees the prior alone: n factors ½", arguments: Likelihood.allCases)
  func emptyStart(likelihood: Likelihood) throws {
    let (kernel, labels) = example(n: 40, seed: 5)
    let method = ExpectationPropagation(likelihood: likelihood, tolerance: 1e-11)
    var first: Double?
    let result = try method.logProbability(
      of: labels, kernel: CovarianceKernel(kernel), start: SiteParameters(count: 40)
    ) { first = first ?? $0.logProbabilityInNats }
    #expect(abs(try #require(first) + 40 * log(2)) < 1e-12)
    // The start on subsets of the points leads to the same fixed point, sooner.
    let other = try estimate(likelihood, kernel, labels)
    #expect(abs(result.logProbabilityInNats - other.logProbabilityInNats) < 1e-9)
    #expect(other.sweeps < result.sweeps)
  }

  @Test("damping gives the same value, and is reported")
  func damped() throws {
    let (kernel, labels) = example(n: 30, seed: 8)
    let kernelChecked = try CovarianceKernel(kernel)
    let plain = try ExpectationPropagation().logProbability(of: labels, kernel: kernelChecked)
    let damped = try ExpectationPropagation(damping: 0.5).logProbability(of: labels, kernel: kernelChecked)
    #expect(abs(plain.logProbabilityInNats - damped.logProbabilityInNats) < 1e-6)
    #expect(damped.damping == 0.5 && damped.dampedSweeps > 0 && damped.converged)
  }

  @Test("opposite labels at points that all but coincide converge to a tiny probability")
  func nearDuplicates() throws {
    let kernel = try CovarianceKernel(Matrix([[1, 1 - 1e-9, 0.5], [1 - 1e-9, 1, 0.5], [0.5, 0.5, 1]]))
    // Site precisions reach 1e9 here, so that rounding alone moves ln P by 1e-7.
    let result = try ExpectationPropagation(tolerance: 1e-5).logProbability(of: [1, 0, 1], kernel: kernel)
    // P(u₁ > 0 > u₂) = arccos(ρ)/2π. The two nearly cancel, which leaves the third point free: a factor ½.
    let exact = log(acos(1 - 1e-9) / (2 * .pi)) - log(2)
    #expect(abs(result.logProbabilityInNats - exact) < 0.3)
    #expect(result.converged)
  }

  @Test("a workspace gives the same bits when it is used again")
  func workspaceIsReusable() throws {
    let (kernel, labels) = example(n: 20, seed: 4)
    let checked = try CovarianceKernel(kernel)
    let workspace = ExpectationPropagationWorkspace(count: 20)
    let method = ExpectationPropagation()
    _ = try method.logProbability(of: labels.map { 1 - $0 / 2 }, kernel: checked, workspace: workspace)
    let reused = try method.logProbability(of: labels, kernel: checked, workspace: workspace)
    let fresh = try method.logProbability(of: labels, kernel: checked)
    #expect(reused == fresh)
  }

  @Test("progress reports every sweep, the last with the final value")
  func progress() throws {
    let (kernel, labels) = example(n: 10, seed: 6)
    var reports: [FunctionPriorSweep] = []
    let result = try ExpectationPropagation(likelihood: .probit).logProbability(
      of: labels, kernel: CovarianceKernel(kernel)
    ) { reports.append($0) }
    #expect(reports.map(\.sweep) == Array(1...result.sweeps))
    #expect(reports.last?.logProbabilityInNats == result.logProbabilityInNats)
    #expect(reports.first?.change == nil)
    for (before, after) in zip(reports, reports.dropFirst()) {
      #expect(after.change == after.logProbabilityInNats - before.logProbabilityInNats)
    }
  }

  @Test("wrong labels and starts are refused with their facts")
  func refusals() throws {
    let (matrix, labels) = example(n: 5, seed: 2)
    let kernel = try CovarianceKernel(matrix)
    let method = ExpectationPropagation()
    #expect(throws: FunctionPriorError.labelCount(expected: 5, got: 4)) {
      try method.logProbability(of: Array(labels.dropLast()), kernel: kernel)
    }
    #expect(throws: FunctionPriorError.labelOutOfRange(index: 2, label: 7)) {
      try method.logProbability(of: [0, 1, 7, 0, 1], kernel: kernel)
    }
    let start = SiteParameters(precisions: [1, 1, 1, 1, -1], shifts: [0, 0, 0, 0, 0])
    #expect(throws: FunctionPriorError.unusableStart(expected: 5, precisions: 5, shifts: 5)) {
      try method.logProbability(of: labels, kernel: kernel, start: start)
    }
  }
}
