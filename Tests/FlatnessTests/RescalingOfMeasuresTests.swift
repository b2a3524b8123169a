import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

/// Which measures stay where the function does, though layers or neurons are rescaled (Dinh et al. 2017).
@Suite("Measures of flatness under rescaling")
struct RescalingOfMeasuresTests {
  /// A measure, and whether it is invariant: each one to both kinds of rescaling, or to neither.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let isInvariant: Bool
    let value: @Sendable (FullyConnectedNetwork, Matrix<Float>, [UInt8]) throws -> Double
    var testDescription: String { name }
  }

  private static func noise(offset: Double?) -> NoiseFlatness {
    // No tolerance to speak of: the bisection must not end early in one network and late in the other.
    NoiseFlatness(
      drop: 0.1, tolerance: 1e-9, largestDeviation: 2, steps: 15, draws: 50, offset: offset)
  }

  static let measures = [
    Case(name: "SAM", isInvariant: false) {
      try GradientStepSharpness(radius: 0.05).measure(of: FullyConnectedProblem($0, inputs: $1, labels: $2))
    },
    Case(name: "adaptive SAM", isInvariant: false) {
      try GradientStepSharpness(radius: 0.5, offset: 0.01).measure(
        of: FullyConnectedProblem($0, inputs: $1, labels: $2))
    },
    Case(name: "adaptive SAM with η = 0", isInvariant: true) {
      try GradientStepSharpness(radius: 0.5, offset: 0).measure(
        of: FullyConnectedProblem($0, inputs: $1, labels: $2))
    },
    Case(name: "adaptive worst case", isInvariant: true) {
      try AdaptiveWorstSharpness(radius: 0.05, steps: 20, firstStep: 2, momentum: 0.75).measure(
        of: FullyConnectedProblem($0, inputs: $1, labels: $2))
    },
    Case(name: "adaptive average", isInvariant: true) {
      try AdaptiveAverageSharpness(radius: 0.1, draws: 100).measure(
        of: FullyConnectedProblem($0, inputs: $1, labels: $2), key: RandomKey(seed: 3)
      ).value
    },
    Case(name: "relative flatness", isInvariant: true) {
      try RelativeFlatness.measure(of: $0, inputs: $1, labels: $2)
    },
    Case(name: "Fisher–Rao", isInvariant: true) {
      try FisherRaoNorm.measure(of: $0, inputs: $1, labels: $2)
    },
    Case(name: "PAC-Bayes", isInvariant: false) {
      try noise(offset: nil).measure(
        of: FullyConnectedProblem($0, inputs: $1, labels: $2), key: RandomKey(seed: 3))
    },
    Case(name: "magnitude-aware PAC-Bayes", isInvariant: false) {
      try noise(offset: 1e-3).measure(
        of: FullyConnectedProblem($0, inputs: $1, labels: $2), key: RandomKey(seed: 3))
    },
    Case(name: "magnitude-aware PAC-Bayes with η = 0", isInvariant: true) {
      try noise(offset: 0).measure(
        of: FullyConnectedProblem($0, inputs: $1, labels: $2), key: RandomKey(seed: 3))
    },
    Case(name: "weight norm", isInvariant: false) {
      try NetworkNorms.weightNorm(of: FullyConnectedProblem($0, inputs: $1, labels: $2))
    },
    Case(name: "path norm", isInvariant: true) { network, _, _ in try NetworkNorms.pathNorm(of: network) },
    Case(name: "margin", isInvariant: true) {
      try NetworkNorms.margin(of: FullyConnectedProblem($0, inputs: $1, labels: $2), quantile: 0.1)
    },
  ]

  /// The network with each hidden unit's weights and bias multiplied by its factor, and what it passes on divided
  /// by it: powers of two among random ones would keep every bit, so factors are random reals.
  private func rescaled(
    _ network: FullyConnectedNetwork, factor: (_ layer: Int, _ unit: Int) -> Double
  ) -> FullyConnectedNetwork {
    let shape = network.shape
    var parameters = network.parameters.map(Double.init)
    for layer in 0..<shape.layerCount - 1 {
      let (fanIn, units, next) = (shape.widths[layer], shape.widths[layer + 1], shape.widths[layer + 2])
      for unit in 0..<units {
        let alpha = factor(layer, unit)
        for i in 0..<fanIn { parameters[shape.weightRange(layer).lowerBound + unit * fanIn + i] *= alpha }
        parameters[shape.biasRange(layer).lowerBound + unit] *= alpha
        for above in 0..<next {
          parameters[shape.weightRange(layer + 1).lowerBound + above * units + unit] /= alpha
        }
      }
    }
    return FullyConnectedNetwork(shape: shape, parameters: parameters.map(Float.init))
  }

  @Test("invariant measures stay, the others move", arguments: measures, ["layers", "neurons"])
  func rescaling(measure: Case, kind: String) throws {
    let stored = try StoredNetwork.load()
    // Labels that the network gives, but for one: noise must have an accuracy to take.
    var labels = stored.network.function(on: stored.inputs)
    labels[0] = 1 - labels[0]
    let before = try measure.value(stored.network, stored.inputs, labels)
    var largestMove = 0.0
    for draw in 0..<5 {
      let key = RandomKey(seed: 17).split(kind).split(draw)
      // Of a factor of ten up or down.
      let network = rescaled(stored.network) { layer, unit in
        var stream = RandomStream(key.split(layer).split(kind == "layers" ? 0 : unit))
        return pow(10, 2 * stream.nextUniform() - 1)
      }
      let after = try measure.value(network, stored.inputs, labels)
      largestMove = max(largestMove, abs(after / before - 1))
      // What Float32 makes of the parameters moves logits by some 1e-7; a quantile of noise a little more.
      if measure.isInvariant { #expect(abs(after / before - 1) < 1e-4, "\(before) became \(after)") }
    }
    if !measure.isInvariant { #expect(largestMove > 1e-3, "\(before) moved by \(largestMove) at most") }
  }
}
