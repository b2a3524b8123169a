import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import FunctionPriors

struct CovarianceKernelTests {
  @Test("a duplicated input is refused with the row of its pivot and a jitter that works")
  func duplicates() throws {
    let inputs = Matrix<Double>([[0.3, 0.1], [0.9, 0.4], [0.2, 0.7], [0.9, 0.4]])
    let kernel = NNGPKernel().matrix(inputs)
    do {
      _ = try CovarianceKernel(kernel)
      Issue.record("a singular kernel was accepted")
    } catch {
      guard case .unusableKernel(.notPositiveDefinite(let index, 4, let pivot, let jitter)) = error else {
        Issue.record("unexpected error: \(error)")
        return
      }
      #expect(index == 3)
      #expect(abs(pivot) < 1e-14)
      #expect(error.description.contains("smallest pivot, at row 3"))
      #expect(error.description.contains("jitter"))
      let repaired = try CovarianceKernel(kernel, jitter: jitter)
      #expect(repaired.jitter == jitter)
      #expect(repaired.matrix[3, 3] == kernel[3, 3] + jitter)
    }
  }

  @Test("an indefinite matrix is refused with its negative pivot")
  func indefinite() {
    #expect(throws: FunctionPriorError.unusableKernel(.indefinite(index: 1, size: 2, pivot: -3))) {
      try CovarianceKernel(Matrix([[1, 2], [2, 1]]))
    }
  }

  @Test("asymmetry beyond rounding is refused; within it, the lower triangle counts for both")
  func symmetry() throws {
    #expect(throws: FunctionPriorError.notSymmetric(row: 1, column: 0, lower: 0.5, upper: 0.4)) {
      try CovarianceKernel(Matrix([[1, 0.4], [0.5, 1]]))
    }
    let rounded = try CovarianceKernel(Matrix([[1, 0.5 + 1e-8], [0.5, 1]]))
    #expect(rounded.matrix == Matrix([[1, 0.5], [0.5, 1]]))
  }

  @Test("the kernel of the first points is the one made of them alone")
  func leadingBlock() throws {
    let inputs = Matrix<Double>([[0.3, 0.1], [0.9, 0.4], [0.2, 0.7], [0.8, 0.4]])
    let whole = try CovarianceKernel(NNGPKernel().matrix(inputs), jitter: 0.5)
    let part = try CovarianceKernel(NNGPKernel().matrix(inputs.rows(at: 0..<2)), jitter: 0.5)
    #expect(whole.leadingBlock(2) == part)
    #expect(whole.leadingBlock(4) == whole)
  }

  @Test("a matrix that is not square, or not finite, is refused")
  func shapes() {
    #expect(throws: FunctionPriorError.unusableKernel(.wrongShape(expected: "[n, n]", got: "[1, 2]"))) {
      try CovarianceKernel(Matrix([[1, 2]]))
    }
    for position in 0..<4 {
      var matrix = Matrix([[2.0, 0.5], [0.5, 2.0]])
      matrix.elements[position] = .nan
      #expect(throws: FunctionPriorError.unusableKernel(.notFinite(row: position / 2, column: position % 2)))
      {
        try CovarianceKernel(matrix)
      }
    }
  }

  /// A covariance of 20 points whose rows are scaled by these factors.
  static func scaled(by factors: [Double]) -> Matrix<Double> {
    var stream = RandomStream(RandomKey(seed: 3))
    let n = factors.count
    let roots = Matrix<Double>(
      rows: n, columns: n + 9, elements: (0..<n * (n + 9)).map { _ in stream.nextNormal() })
    var matrix = roots.timesOwnTranspose(scale: 1 / Double(n + 9))
    for i in 0..<n {
      for j in 0..<n { matrix[i, j] *= factors[i] * factors[j] }
    }
    return matrix
  }

  @Test("rows of any scales make a kernel, and the step's P(f) does not depend on them")
  func scales() throws {
    let diagonal = (0..<16).map { pow(10, Double($0)) }
    var matrix = Matrix<Double>(rows: 16, columns: 16)
    for i in 0..<16 { matrix[i, i] = diagonal[i] }
    let labels = (0..<16).map { UInt8($0 & 1) }
    let independent = try ExpectationPropagation().logProbability(
      of: labels, kernel: CovarianceKernel(matrix))
    // Sixteen coins.
    #expect(abs(independent.logProbabilityInNats + 16 * log(2.0)) < 1e-13)
    let plain = try CovarianceKernel(Self.scaled(by: [Double](repeating: 1, count: 20)))
    let expected = try ExpectationPropagation().logProbability(
      of: (0..<20).map { UInt8($0 % 3 & 1) }, kernel: plain)
    for exponents in [-8.0...8, -150...(-150), 140...140] {
      let factors = (0..<20).map {
        pow(10, exponents.lowerBound + Double($0) / 19 * (exponents.upperBound - exponents.lowerBound))
      }
      let estimate = try ExpectationPropagation().logProbability(
        of: (0..<20).map { UInt8($0 % 3 & 1) }, kernel: CovarianceKernel(Self.scaled(by: factors)))
      #expect(estimate.converged)
      // Ten times the rounding of what Cholesky solves.
      #expect(abs(estimate.logProbabilityInNats - expected.logProbabilityInNats) < 1e-9)
    }
  }

  @Test("where rounding alone moves ln P(f), the estimate does not claim to have converged")
  func nearlyOne() throws {
    func estimate(_ labels: [UInt8], gap: Double) throws -> FunctionPriorEstimate {
      try ExpectationPropagation().logProbability(
        of: labels,
        kernel: CovarianceKernel(Matrix([[1, 1 - gap, 0.3], [1 - gap, 1, 0.3], [0.3, 0.3, 1]])))
    }
    let (apart, close) = (try estimate([0, 1, 1], gap: 1e-4), try estimate([0, 1, 1], gap: 1e-12))
    #expect(apart.converged && apart.rounding < 1e-10)
    // The distance of two such points is known to 2⁻⁵²/10⁻¹².
    #expect(!close.converged && close.rounding > 1e-5)
    // With equal labels it does not matter.
    #expect(try estimate([1, 1, 0], gap: 1e-12).converged)
  }

  @Test(
    "the probit likelihood takes a kernel that is singular to rounding, and none with a negative direction")
  func probit() throws {
    // No variance at all: three coins.
    let nothing = try CovarianceKernel(Matrix<Double>(rows: 3, columns: 3), forProbitAlone: true)
    let coins = try ExpectationPropagation(likelihood: .probit).logProbability(
      of: [0, 1, 0], kernel: nothing)
    #expect(abs(coins.logProbabilityInNats + 3 * log(2.0)) < 1e-14)
    // Two points that are one: P(f) is that of one point seen twice, ∫ Φ(u)² dN(u; 0, 1) = 1/3.
    let twins = try CovarianceKernel(Matrix([[1, 1], [1, 1]]), forProbitAlone: true)
    let estimate = try ExpectationPropagation(likelihood: .probit).logProbability(of: [1, 1], kernel: twins)
    // Expectation propagation's own error.
    #expect(abs(estimate.logProbabilityInNats - log(1.0 / 3)) < 1e-2)
    #expect(throws: FunctionPriorError.self) { try CovarianceKernel(Matrix([[1, 1], [1, 1]])) }
    for matrix in [Matrix([[1.0, 2], [2, 1]]), Matrix([[1e15, 0, 0], [0, 1.0, 2], [0, 2, 1]])] {
      #expect {
        try CovarianceKernel(matrix, forProbitAlone: true)
      } throws: { error in
        if case FunctionPriorError.unusableKernel(.indefinite) = error { true } else { false }
      }
    }
  }
}
