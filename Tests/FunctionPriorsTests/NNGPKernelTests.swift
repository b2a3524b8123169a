import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import FunctionPriors

struct NNGPKernelTests {
  private let inputs = Matrix<Double>([
    [0.5, -1, 0.2], [1.5, 0.3, -0.4], [-0.6, 0.9, 0.1], [0.1, 0.2, 0.3],
  ])

  @Test("the recursion, written out for each pair with sin and acos, gives the same kernel")
  func plainLoop() {
    let kernel = NNGPKernel(hiddenLayers: 3, weightVariance: 1.7, biasVariance: 0.2)
    let result = kernel.matrix(inputs)
    func dot(_ i: Int, _ j: Int) -> Double {
      zip(inputs.row(i), inputs.row(j)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    func value(_ layer: Int, _ i: Int, _ j: Int) -> Double {
      if layer == 0 { return 0.2 + 1.7 * dot(i, j) / 3 }
      let scale = (value(layer - 1, i, i) * value(layer - 1, j, j)).squareRoot()
      let angle = acos(min(1, max(-1, value(layer - 1, i, j) / scale)))
      return 0.2 + 1.7 / (2 * .pi) * scale * (sin(angle) + (.pi - angle) * cos(angle))
    }
    for i in 0..<4 {
      for j in 0..<4 {
        #expect(abs(result[i, j] - value(3, i, j)) < 1e-7 * value(3, i, i))
        #expect(result[i, j] == result[j, i])
      }
    }
  }

  @Test("without hidden layers the kernel is the linear one")
  func linear() {
    let kernel = NNGPKernel(hiddenLayers: 0).matrix(inputs)
    #expect(abs(kernel[0, 1] - (1 + 2.0 / 3 * (0.75 - 0.3 - 0.08))) < 1e-15)
  }

  /// 10⁵ random networks with one wide hidden layer each, all sampled exactly and layer by layer: given the first hidden
  /// layer's units, the next pre-activations are jointly normal with the layer's empirical covariance, so that no
  /// weight matrix is drawn.
  @Test("the kernel is the covariance of the logits of 100 000 random wide networks")
  func randomNetworks() throws {
    let (networks, width) = (100_000, 16)
    let points = [0, 1]
    var stream = RandomStream(RandomKey(seed: 77))
    // Hidden units of the first layer see the inputs alone, so their pre-activations are exactly N(0, K⁰) at any width; one layer deep, the
    // logit's covariance is exactly K¹ at any width too.
    var sums = (0.0, 0.0, 0.0)
    var squares = (0.0, 0.0, 0.0)
    for _ in 0..<networks {
      var covariance = (1.0, 1.0, 1.0)
      for _ in 0..<width {
        let bias = stream.nextNormal()
        var hidden = (bias, bias)
        for k in 0..<3 {
          let weight = (2.0 / 3).squareRoot() * stream.nextNormal()
          hidden.0 += weight * inputs[points[0], k]
          hidden.1 += weight * inputs[points[1], k]
        }
        hidden = (max(hidden.0, 0), max(hidden.1, 0))
        covariance.0 += 2 / Double(width) * hidden.0 * hidden.0
        covariance.1 += 2 / Double(width) * hidden.0 * hidden.1
        covariance.2 += 2 / Double(width) * hidden.1 * hidden.1
      }
      // The logit given the hidden layer: bias and output weights are normal, so the pair is N(0, covariance).
      let root = covariance.0.squareRoot()
      let slope = covariance.1 / root
      let (a, b) = (stream.nextNormal(), stream.nextNormal())
      let logits = (root * a, slope * a + max(covariance.2 - slope * slope, 0).squareRoot() * b)
      let products = (logits.0 * logits.0, logits.0 * logits.1, logits.1 * logits.1)
      sums = (sums.0 + products.0, sums.1 + products.1, sums.2 + products.2)
      squares = (
        squares.0 + products.0 * products.0, squares.1 + products.1 * products.1,
        squares.2 + products.2 * products.2
      )
    }
    let kernel = NNGPKernel(hiddenLayers: 1).matrix(inputs)
    let n = Double(networks)
    for (sum, square, expected) in [
      (sums.0, squares.0, kernel[0, 0]), (sums.1, squares.1, kernel[0, 1]), (sums.2, squares.2, kernel[1, 1]),
    ] {
      let mean = sum / n
      let standardError = ((square / n - mean * mean) / n).squareRoot()
      // Four standard errors: a right kernel fails once in 16 000 seeds, and the seed is fixed.
      #expect(abs(mean - expected) < 4 * standardError)
      #expect(standardError < 0.01 * expected)
    }
  }

  @Test("Float32 inputs give the kernel of their Float64 values")
  func float32() {
    let single = Matrix<Float>(rows: 4, columns: 3, elements: inputs.elements.map(Float.init))
    let double = Matrix<Double>(rows: 4, columns: 3, elements: single.elements.map(Double.init))
    #expect(NNGPKernel().matrix(single) == NNGPKernel().matrix(double))
  }

  @Test("without biases the kernel is homogeneous, and a zero input has covariance zero")
  func zeroInput() {
    let kernel = NNGPKernel(hiddenLayers: 2, biasVariance: 0)
    let result = kernel.matrix(Matrix<Double>([[0, 0], [1, 2], [2, 4]]))
    #expect(result[0, 0] == 0 && result[0, 1].isFinite)
    #expect(abs(result[2, 2] - 4 * result[1, 1]) < 1e-12)
    // The same direction twice: the angle is 0 up to the square root of rounding.
    #expect(abs(result[1, 2] - 2 * result[1, 1]) < 1e-7)
  }
}
