import NeuralNetworks
import Testing

@testable import PlainEngine

@Suite("Plain loops")
struct PlainEngineTests {
  @Test(
    "a 3×3 convolution of one image at stride 2 is the sum under each position of its kernel, zeros outside")
  func convolution() {
    let geometry = ConvolutionGeometry(
      input: ActivationShape(channels: 1, height: 3, width: 3), outputs: 1, kernel: 3, stride: 2)
    let image: [Float] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    let weights: [Float] = [0, 0, 0, 0, 10, 1, 0, 100, 0]
    var output = [Float](repeating: .nan, count: 4)
    PlainConvolution(geometry).forward(image, count: 1, weights: weights, into: &output)
    #expect(output == [412, 630, 78, 90])

    var (inputGradient, gradient) = ([Float](repeating: 0, count: 9), [Float](repeating: .nan, count: 9))
    PlainConvolution(geometry).backward(
      [1, 0, 0, 2], input: image, count: 1, weights: weights, addingTo: &inputGradient, gradient: &gradient)
    #expect(inputGradient == [10, 1, 0, 100, 0, 0, 0, 0, 20])
    #expect(gradient == [10, 12, 0, 16, 19, 2, 0, 4, 5])
  }

  @Test("a batch norm in training mode has mean β and variance γ², and its statistics move by a tenth")
  func normalisation() {
    let norm = PlainNormalisation(
      shape: ActivationShape(channels: 1, height: 2, width: 2), count: 1, rectified: false)
    let x: [Float] = [1, 2, 3, 6]
    let statistics = norm.statistics(of: x)
    #expect(statistics == [3, 3.5])
    var y = [Float](repeating: .nan, count: 4)
    norm.forward(x, statistics: statistics[...], scaleAndShift: [2, 10], into: &y)
    let mean: Float = y.reduce(0, +) / 4
    #expect(abs(mean - 10) < 1e-5)
    let variance: Float = y.map { ($0 - 10) * ($0 - 10) }.reduce(0, +) / 4
    // ε is 3e-6 of the variance.
    #expect(abs(variance - 4) < 1e-4)
    var running: [Float] = [0, 1]
    norm.move(&running, at: 0, towards: statistics)
    let unbiased: Float = 3.5 * 4 / 3
    #expect(abs(running[0] - 0.3) < 1e-6)
    #expect(abs(running[1] - 0.9 - 0.1 * unbiased) < 1e-6)
  }

  @Test("a value that is not a number stays one behind a rectification")
  func notANumber() {
    let norm = PlainNormalisation(
      shape: ActivationShape(channels: 1, height: 1, width: 2), count: 1, rectified: true)
    var y: [Float] = [0, 0]
    norm.forward([.nan, -1], statistics: [0, 1], scaleAndShift: [1, 0], into: &y)
    #expect(y[0].isNaN && y[1] == 0)
  }
}
