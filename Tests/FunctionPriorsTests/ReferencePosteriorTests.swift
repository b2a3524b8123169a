import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import FunctionPriors

/// The way of large kernels, taken at sizes at which the plain way is quick too.
struct ReferencePosteriorTests {
  private let n = 150

  /// Inputs in eight clusters with noise, their kernel, and the labels of a plane with noise.
  private func example() throws -> (kernel: CovarianceKernel, labels: [UInt8]) {
    var stream = RandomStream(RandomKey(seed: 41))
    let centres = (0..<8).map { _ in (0..<20).map { _ in stream.nextNormal() } }
    var elements: [Double] = []
    var labels: [UInt8] = []
    for _ in 0..<n {
      let input = centres[stream.nextInteger(below: 8)].map { $0 + 0.5 * stream.nextNormal() }
      elements += input
      labels.append(input[0] + 0.3 * stream.nextNormal() > 0 ? 1 : 0)
    }
    let inputs = Matrix(rows: n, columns: 20, elements: elements)
    return (try CovarianceKernel(NNGPKernel().matrix(inputs)), labels)
  }

  private func flipped(_ labels: [UInt8], share: Double) -> [UInt8] {
    var stream = RandomStream(RandomKey(seed: 42))
    var result = labels
    for index in stream.nextPermutation(of: n).prefix(Int(share * Double(n))) {
      result[index] = 1 - result[index]
    }
    return result
  }

  private func plain() -> ExpectationPropagationWorkspace {
    ExpectationPropagationWorkspace(count: n, largeFrom: .max, isRefined: false)
  }

  private func large() -> ExpectationPropagationWorkspace {
    ExpectationPropagationWorkspace(count: n, largeFrom: 1)
  }

  private func reference(
    _ likelihood: Likelihood, _ labels: [UInt8], _ kernel: CovarianceKernel
  ) throws -> ReferencePosterior {
    let workspace = large()
    let estimate = try ExpectationPropagation(likelihood: likelihood).logProbability(
      of: labels, kernel: kernel, workspace: workspace)
    return try #require(
      ReferencePosterior(estimate, labels: labels, kernel: kernel, workspace: workspace))
  }

  @Test(
    "refined sweeps, afresh or from a reference near or far, find the plain sweeps' value",
    arguments: Likelihood.allCases)
  func sameValue(likelihood: Likelihood) throws {
    let (kernel, labels) = try example()
    let reference = try reference(likelihood, labels, kernel)
    for share in [0, 0.02, 0.2, 0.5, 1] {
      let function = flipped(labels, share: share)
      let exact = try ExpectationPropagation(likelihood: likelihood, tolerance: 1e-10).logProbability(
        of: function, kernel: kernel, workspace: plain())
      let method = ExpectationPropagation(likelihood: likelihood)
      let refined = try method.logProbability(of: function, kernel: kernel, workspace: large())
      let warm = try method.logProbability(
        of: function, kernel: kernel, reference: reference, workspace: large())
      #expect(exact.converged)
      for estimate in [refined, warm] {
        #expect(estimate.converged)
        // The stopping tolerance of 1e-6 nats.
        #expect(abs(estimate.logProbabilityInNats - exact.logProbabilityInNats) < 1e-6)
      }
    }
  }

  @Test("with the step, refined sweeps are half as many as plain ones at most")
  func fewerSweeps() throws {
    let (kernel, labels) = try example()
    let plain = try ExpectationPropagation().logProbability(of: labels, kernel: kernel, workspace: plain())
    let refined = try ExpectationPropagation().logProbability(of: labels, kernel: kernel, workspace: large())
    #expect(2 * refined.sweeps <= plain.sweeps)
  }

  @Test("functions give the same bits in any order, in shared arrays or fresh ones")
  func orderIndependence() throws {
    let (kernel, labels) = try example()
    let reference = try reference(.heaviside, labels, kernel)
    let functions = [0.05, 0.3, 0.5].map { flipped(labels, share: $0) }
    let workspace = large()
    func value(_ function: [UInt8], _ workspace: ExpectationPropagationWorkspace) throws
      -> FunctionPriorEstimate
    {
      try ExpectationPropagation().logProbability(
        of: function, kernel: kernel, reference: reference, workspace: workspace)
    }
    let forwards = try functions.map { try value($0, workspace) }
    let backwards = try functions.reversed().map { try value($0, workspace) }
    #expect(forwards == backwards.reversed())
    #expect(try forwards == functions.map { try value($0, large()) })
  }

  @Test("a function for which plain updates alternate settles in large workspaces too")
  func equicorrelated() throws {
    var matrix = Matrix<Double>(rows: n, columns: n, repeating: 1)
    for i in 0..<n { matrix[i, i] += 0.01 }
    let kernel = try CovarianceKernel(matrix)
    let labels = [UInt8](repeating: 1, count: n)
    let plain = try ExpectationPropagation().logProbability(of: labels, kernel: kernel, workspace: plain())
    let refined = try ExpectationPropagation().logProbability(of: labels, kernel: kernel, workspace: large())
    #expect(plain.converged && refined.converged)
    #expect(abs(plain.logProbabilityInNats - refined.logProbabilityInNats) < 1e-5)
  }

  @Test("an estimate that has not converged is no reference")
  func notConverged() throws {
    let (kernel, labels) = try example()
    let workspace = large()
    let estimate = try ExpectationPropagation(maximumSweeps: 1).logProbability(
      of: labels, kernel: kernel, workspace: workspace)
    #expect(ReferencePosterior(estimate, labels: labels, kernel: kernel, workspace: workspace) == nil)
  }
}
