import Foundation
import LinearAlgebra
import RandomStreams
import TestSupport
import Testing

@testable import FunctionPriors

/// Sweeps refined from an inverse in Float32, against plain sweeps in Float64.
struct RefinedSweepsTests {
  /// The log evidence after up to 10 000 plain updates, each scaled by ½.
  private func limit(
    _ likelihood: Likelihood, _ kernel: CovarianceKernel, _ labels: [UInt8]
  ) -> Double {
    let n = kernel.count
    let workspace = ExpectationPropagationWorkspace(count: n, largeFrom: .max, isRefined: false)
    var (sites, logEvidence) = (SiteParameters(count: n), Double.nan)
    for _ in 0..<10_000 {
      guard
        let evidence = workspace.sweep(
          kernel: kernel.matrix, signs: labels.map { $0 == 1 ? 1 : -1 }, sites: sites,
          noise: likelihood.noiseVariance, points: .all(n))
      else { return .nan }
      logEvidence = evidence
      if workspace.proposal.distance(from: sites) < 1e-14 { break }
      sites = sites.moved(toward: workspace.proposal, by: 0.5)
    }
    return logEvidence
  }

  @Test("random small functions end within 1e-6 nats of 10 000 plain updates", arguments: Likelihood.allCases)
  func smallKernels(likelihood: Likelihood) throws {
    var worst = 0.0
    for seed in 1...100 as ClosedRange<UInt64> {
      var stream = RandomStream(RandomKey(seed: seed))
      let n = 1 + stream.nextInteger(below: 20)
      // With one variable, points come so close that rounding alone moves ln P(f) by more than 1e-6.
      let variables = 2 + stream.nextInteger(below: 3)
      let inputs = Matrix(
        rows: n, columns: variables, elements: (0..<n * variables).map { _ in stream.nextNormal() })
      // Every third function is constant: there updates overshoot most.
      let labels = (0..<n).map { _ in seed % 3 == 0 ? 1 : UInt8(stream.nextInteger(below: 2)) }
      let kernel = try CovarianceKernel(NNGPKernel().matrix(inputs))
      let estimate = try ExpectationPropagation(likelihood: likelihood).logProbability(
        of: labels, kernel: kernel)
      #expect(estimate.converged)
      worst = max(worst, abs(estimate.logProbabilityInNats - limit(likelihood, kernel, labels)))
    }
    #expect(worst < 1e-6)
  }

  /// Inputs in clusters, and labels that a plane and chance decide.
  private func example(n: Int, flips: Double) throws -> (kernel: CovarianceKernel, labels: [UInt8]) {
    var stream = RandomStream(RandomKey(seed: UInt64(n)))
    let centres = (0..<8).map { _ in (0..<20).map { _ in stream.nextNormal() } }
    var (elements, labels): ([Double], [UInt8]) = ([], [])
    for _ in 0..<n {
      let input = centres[stream.nextInteger(below: 8)].map { $0 + 0.5 * stream.nextNormal() }
      elements += input
      let isFlipped = Double(stream.nextInteger(below: 1000)) < 1000 * flips
      labels.append((input[0] > 0) != isFlipped ? 1 : 0)
    }
    let inputs = Matrix(rows: n, columns: 20, elements: elements)
    return (try CovarianceKernel(NNGPKernel().matrix(inputs)), labels)
  }

  @Test("Float32 leaves the plain sweeps' value, in fewer sweeps", arguments: Likelihood.allCases)
  func mediumKernels(likelihood: Likelihood) throws {
    for flips in [0, 0.05, 0.3] {
      let (kernel, labels) = try example(n: 230, flips: flips)
      let method = ExpectationPropagation(likelihood: likelihood)
      let plain = try ExpectationPropagation(likelihood: likelihood, tolerance: 1e-10).logProbability(
        of: labels, kernel: kernel,
        workspace: ExpectationPropagationWorkspace(count: 230, largeFrom: .max, isRefined: false))
      let refined = try method.logProbability(of: labels, kernel: kernel)
      #expect(plain.converged && refined.converged)
      #expect(abs(refined.logProbabilityInNats - plain.logProbabilityInNats) < 1e-6)
      #expect(refined.sweeps <= 3 && refined.sweeps < plain.sweeps)
      let again = try method.logProbability(of: labels, kernel: kernel, start: refined.sites)
      #expect(again.sweeps == 1 && again.lastChange.isFinite)
    }
  }

  @Test("a sweep's marginals in Float32 are those in Float64", arguments: Likelihood.allCases)
  func marginals(likelihood: Likelihood) throws {
    let (kernel, labels) = try example(n: 230, flips: 0.1)
    let signs = labels.map { $0 == 1 ? 1.0 : -1.0 }
    var sites = try ExpectationPropagation(likelihood: likelihood, maximumSweeps: 1).logProbability(
      of: labels, kernel: kernel
    ).sites
    // Two sites that hardly matter: 1 − b has no digits left in Float32.
    sites.precisions[3] *= 1e-9
    sites.precisions[4] *= 1e-5
    func sweep(_ isRefined: Bool, keepsInverse: Bool) throws -> (Double, SiteParameters) {
      let workspace = ExpectationPropagationWorkspace(count: 230, largeFrom: .max, isRefined: isRefined)
      let evidence = workspace.sweep(
        kernel: kernel.matrix, signs: signs, sites: sites, noise: likelihood.noiseVariance,
        points: .all(230), keepsInverse: keepsInverse)
      return (try #require(evidence), workspace.proposal)
    }
    let (plainEvidence, plain) = try sweep(false, keepsInverse: false)
    for keepsInverse in [false, true] {
      let (evidence, proposal) = try sweep(true, keepsInverse: keepsInverse)
      // Float32's rounding, 6e-8, grows by the condition number of L, some 10 to 100 here; and it enters at
      // first order, as these sites are no fixed point.
      #expect(proposal.distance(from: plain) < 1e-4)
      #expect(abs(evidence - plainEvidence) < 1e-3)
    }
  }

  @Test("the predicted gain is the distance to the limit, up to third order", arguments: Likelihood.allCases)
  func gain(likelihood: Likelihood) throws {
    let (kernel, labels) = try example(n: 230, flips: 0.1)
    let limit = try ExpectationPropagation(likelihood: likelihood, tolerance: 1e-11).logProbability(
      of: labels, kernel: kernel)
    let signs = labels.map { $0 == 1 ? 1.0 : -1.0 }
    let workspace = ExpectationPropagationWorkspace(count: 230)
    for shift in [0.1, 0.02] {
      var sites = limit.sites
      for i in 0..<230 { sites.precisions[i] *= exp(i % 2 == 0 ? shift : -2 * shift) }
      let evidence = workspace.sweep(
        kernel: kernel.matrix, signs: signs, sites: sites, noise: likelihood.noiseVariance,
        points: .all(230), keepsInverse: true)
      let refined = try #require(
        workspace.refined(sites, signs: signs, noise: likelihood.noiseVariance, points: .all(230)))
      let distance = limit.logProbabilityInNats - (try #require(evidence))
      #expect(abs(distance) > 1e-5)
      #expect(abs(refined.gain - distance) < shift * abs(distance))
      #expect(abs(refined.gain - distance) < refined.uncertainty)
    }
  }
}
