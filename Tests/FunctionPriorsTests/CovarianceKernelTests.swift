import LinearAlgebra
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
}
