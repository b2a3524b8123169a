import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

/// Under Gaussian noise a linear network's logits are Gaussian: what is expected of their losses and their signs
/// are integrals over one normal.
@Suite("Measures by noise")
struct NoiseMeasuresTests {
  private let network = FullyConnectedNetwork(
    shape: FullyConnectedShape(inputs: 2, hidden: []), parameters: [2, -1, 0.5])
  private let inputs: Matrix<Float> = Matrix([[1, 3], [-2, 1], [0.5, -1], [1.5, 0.25]])
  private let labels: [UInt8] = [0, 0, 1, 1]
  private let key = RandomKey(seed: 7)

  /// The logit of each example, and its deviation under noise of these deviations of w₁, w₂ and b.
  private func logits(deviations: [Double]) -> [(mean: Double, deviation: Double)] {
    (0..<inputs.rows).map { row in
      let x = [Double(inputs[row, 0]), Double(inputs[row, 1]), 1]
      let mean = zip([2, -1, 0.5], x).reduce(0) { $0 + $1.0 * $1.1 }
      let variance = zip(deviations, x).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }
      return (mean, variance.squareRoot())
    }
  }

  private func loss(_ logit: Double, label: UInt8) -> Double {
    max(logit, 0) - Double(label) * logit + log1p(exp(-abs(logit)))
  }

  /// E[h(z)] by the trapezoid rule, which is exact to rounding for such integrands.
  private func expectation(_ h: (Double) -> Double) -> Double {
    let step = 0.01
    return (-1000...1000).reduce(0) { sum, i in
      let z = Double(i) * step
      return sum + step * exp(-z * z / 2) / (2 * Double.pi).squareRoot() * h(z)
    }
  }

  @Test("the adaptive average is the expected rise within its standard error, which is that of its draws")
  func average() throws {
    let radius = 0.3
    let examples = logits(deviations: [2, -1, 0.5].map { radius * abs($0) })
    var expected = 0.0
    for (example, label) in zip(examples, labels) {
      let noisy = expectation { loss(example.mean + example.deviation * $0, label: label) }
      expected += (noisy - loss(example.mean, label: label)) / 4
    }
    let estimate = try AdaptiveAverageSharpness(radius: radius, draws: 20_000).measure(
      of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: key)
    #expect(abs(estimate.value - expected) < 4 * estimate.standardError)
    // So the test sees a deviation that was passed for a variance, or the other way round.
    #expect(estimate.standardError < 0.02 * expected && expected > 0)

    // The spread of estimates over streams is what one estimate says of itself.
    let few = AdaptiveAverageSharpness(radius: radius, draws: 100)
    let found = try (0..<200).map {
      try few.measure(of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: key.split($0))
    }
    let mean = found.reduce(0) { $0 + $1.value } / 200
    let spread = (found.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / 199).squareRoot()
    let told = found.reduce(0) { $0 + $1.standardError } / 200
    // The relative error of a deviation from 200 numbers is 5 %.
    #expect(abs(spread / told - 1) < 0.2)
    #expect(
      try few.measure(of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: key.split(0))
        == found[0])
  }

  @Test(
    "the noise that costs a tenth of the accuracy is that of the normal distribution", arguments: [nil, 0.5])
  func bisection(offset: Double?) throws {
    /// The expected fall of the accuracy from 1.
    func fall(_ sigma: Double) -> Double {
      let widths = [2, -1, 0.5].map { w in sigma * (offset.map { abs(w) + $0 } ?? 1) }
      var fall = 0.0
      for (example, label) in zip(logits(deviations: widths), labels) {
        let margin = label == 1 ? example.mean : -example.mean
        fall += erfc(margin / example.deviation / 2.0.squareRoot()) / 8
      }
      return fall
    }
    #expect(network.function(on: inputs) == labels)
    let value = try NoiseFlatness(
      drop: 0.1, tolerance: 0.001, largestDeviation: 2, steps: 15, draws: 40_000, offset: offset
    ).measure(of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: key)
    // The mean of 160 000 signs has an error of 0.001 at most.
    #expect(abs(fall(1 / value.squareRoot()) - 0.1) < 0.005)
    // A variance in the place of a deviation would show.
    #expect(abs(fall(1 / value) - 0.1) > 0.01)
  }

  @Test("where the largest noise costs too little, the bisection ends beside it")
  func flat() throws {
    let far = FullyConnectedNetwork(
      shape: FullyConnectedShape(inputs: 1, hidden: []), parameters: [1000, 0])
    let value = try NoiseFlatness(drop: 0.1, tolerance: 0.01, largestDeviation: 2, steps: 15, draws: 10)
      .measure(of: FullyConnectedProblem(far, inputs: Matrix([[1], [-1]]), labels: [1, 0]), key: key)
    #expect(abs(value - 0.25) < 1e-4)
  }

  @Test("equal streams give equal values, others give others, and cancelling ends a measure")
  func streams() throws {
    let average = AdaptiveAverageSharpness(radius: 0.1, draws: 10)
    func value(_ seed: UInt64) throws -> Double {
      try average.measure(
        of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: RandomKey(seed: seed)
      ).value
    }
    #expect(try value(1) == value(1))
    #expect(try value(1) != value(2))
    #expect(throws: FlatnessError.searchCancelled(iteration: 0)) {
      try average.measure(
        of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: key, isCancelled: { true })
    }
    let noise = NoiseFlatness(drop: 0.1, tolerance: 0.01, largestDeviation: 2, steps: 15, draws: 10)
    #expect(throws: FlatnessError.searchCancelled(iteration: 1)) {
      try noise.measure(
        of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: key, isCancelled: { true })
    }
    let worst = AdaptiveWorstSharpness(radius: 0.1, steps: 20, firstStep: 2, momentum: 0.75)
    #expect(throws: FlatnessError.searchCancelled(iteration: 1)) {
      try worst.measure(
        of: FullyConnectedProblem(network, inputs: inputs, labels: labels), isCancelled: { true })
    }
  }
}
