import Foundation
import RandomStreams
import Testing

@testable import Optimisers

@Suite("Steps of optimisers")
struct GradientStepTests {
  @Test(
    "where gradients stay 0 no running mean stays subnormal, and the weights are those of means that do",
    arguments: [
      OptimiserRule.momentum(learningRate: 0.01, momentum: 0.9),
      .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.5, epsilon: 1e-8),
      rmsprop,
    ])
  func subnormalMeans(rule: OptimiserRule) {
    let step = GradientStep(rule, parameterCount: 3, key: RandomKey(seed: 1))
    var weights: [Float] = [0.5, -0.25, 0.125]
    var plain = PlainOptimiser(rule, weights)
    var wasSubnormal = false
    for time in 1...3000 {
      // Off but for a while at the start, and for one step long after.
      var gradient: [Float] = time < 20 || time == 2000 ? [0.3, -0.01, 1e-6] : [0, 0, 0]
      plain.step(gradient)
      wasSubnormal = wasSubnormal || (plain.first + plain.second).contains(where: \.isSubnormal)
      gradient.withUnsafeMutableBufferPointer { g in
        weights.withUnsafeMutableBufferPointer { step.apply(g, to: $0) }
      }
    }
    #expect(wasSubnormal)
    #expect(weights == plain.weights)
    #expect((step.memory.first + step.memory.second).allSatisfy { !$0.isSubnormal })
  }

  @Test(
    "every path gives the bits of the rule's equation in Float32, in one slice and in several",
    arguments: [
      .sgd(learningRate: 0.1), .momentum(learningRate: 0.01, momentum: 0.9),
      .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
      .adagrad(learningRate: 0.01, initialAccumulator: 0), rmsprop,
      .entropySGD(
        learningRate: 1, langevinSteps: 3, scope: 0.03, innerLearningRate: 0.25, thermalNoise: 0.5,
        averaging: 0.75),
    ] as [OptimiserRule])
  func paths(rule: OptimiserRule) {
    // More than one vector, and a rest.
    let count = 37
    var noise = [Float](repeating: 0, count: 64)
    for (arithmetic, slice) in GradientStep.availableArithmetics.flatMap({ [($0, count), ($0, 10)] }) {
      var stream = RandomStream(RandomKey(seed: 2))
      let step = GradientStep(rule, parameterCount: count, key: RandomKey(seed: 1), arithmetic: arithmetic)
      var weights = (0..<count).map { _ in Float(stream.nextNormal()) }
      var plain = PlainOptimiser(rule, weights)
      for time in 1...7 {
        // Where no gradient came yet an accumulator is 0.
        var gradient = (0..<count).map { $0 == 3 ? 0 : Float(stream.nextNormal()) }
        noise.withUnsafeMutableBufferPointer {
          NormalGroups(RandomKey(seed: 1).split("langevin")).fill($0, firstGroup: time - 1)
        }
        plain.step(gradient, noise: noise)
        gradient.withUnsafeMutableBufferPointer { g in
          weights.withUnsafeMutableBufferPointer { w in
            step.withGradientPoint(w) { _ in }
            step.apply(g, to: w) { count, body in
              for start in stride(from: 0, to: count, by: slice).reversed() {
                body(start..<min(start + slice, count))
              }
            }
          }
        }
      }
      #expect(weights == plain.weights)
    }
  }

  private static let rmsprop = OptimiserRule.rmsprop(learningRate: 1e-3, decay: 0.5, epsilon: 1e-10)
}

/// The equations of the rules in Float32, number by number, with running means that may be subnormal.
private struct PlainOptimiser {
  let rule: OptimiserRule
  private(set) var weights: [Float]
  private(set) var first: [Float]
  private(set) var second: [Float]
  private var inner: [Float]
  private var time = 0

  init(_ rule: OptimiserRule, _ weights: [Float]) {
    let start = OptimiserMemory(atStartOf: rule, parameterCount: weights.count)
    let zeros = weights.map { _ in Float(0) }
    self.rule = rule
    self.weights = weights
    inner = weights
    first = !start.inner.isEmpty ? weights : start.first.isEmpty ? zeros : start.first
    second = start.second.isEmpty ? zeros : start.second
  }

  /// One step by `gradient`, with the Langevin `noise` of Entropy-SGD.
  mutating func step(_ gradient: [Float], noise: [Float] = []) {
    time += 1
    for i in weights.indices {
      let g = gradient[i]
      switch rule {
      case .sgd(let rate): weights[i] -= Float(rate) * g
      case .momentum(let rate, let momentum):
        first[i] = Float(momentum) * first[i] + g
        weights[i] -= Float(rate) * first[i]
      case .adam(let rate, let beta1, let beta2, let epsilon):
        first[i] += (1 - Float(beta1)) * (g - first[i])
        second[i] += (1 - Float(beta2)) * (g * g - second[i])
        let corrected = Float(
          rate * (1 - pow(beta2, Double(time))).squareRoot() / (1 - pow(beta1, Double(time))))
        weights[i] -= corrected * first[i] / (second[i].squareRoot() + Float(epsilon))
      case .adagrad(let rate, _):
        second[i] += g * g
        if second[i] != 0 { weights[i] -= Float(rate) * g / second[i].squareRoot() }
      case .rmsprop(let rate, let decay, let epsilon):
        second[i] += (1 - Float(decay)) * (g * g - second[i])
        weights[i] -= Float(rate) * g / (second[i] + Float(epsilon)).squareRoot()
      case .entropySGD(let rate, let length, let scope, let innerRate, let thermal, let averaging):
        let pull = Float(scope) * (weights[i] - inner[i])
        let kick = Float(innerRate.squareRoot() * thermal) * noise[i]
        inner[i] = inner[i] - Float(innerRate) * (g - pull) + kick
        first[i] += Float(averaging) * (inner[i] - first[i])
        if time % length == 0 {
          weights[i] -= Float(rate) * (weights[i] - first[i])
          (inner[i], first[i]) = (weights[i], weights[i])
        }
      }
    }
  }
}
