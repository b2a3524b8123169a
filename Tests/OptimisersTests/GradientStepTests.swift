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
    var (weights, plain): ([Float], [Float]) = ([0.5, -0.25, 0.125], [0.5, -0.25, 0.125])
    var (first, second): ([Float], [Float]) = ([0, 0, 0], rule == Self.rmsprop ? [1, 1, 1] : [0, 0, 0])
    var wasSubnormal = false
    for time in 1...3000 {
      // Off but for a while at the start, and for one step long after.
      var gradient: [Float] = time < 20 || time == 2000 ? [0.3, -0.01, 1e-6] : [0, 0, 0]
      for i in plain.indices {
        let g = gradient[i]
        switch rule {
        case .momentum(let rate, let momentum):
          first[i] = Float(momentum) * first[i] + g
          plain[i] -= Float(rate) * first[i]
        case .adam(let rate, let beta1, let beta2, let epsilon):
          first[i] += (1 - Float(beta1)) * (g - first[i])
          second[i] += (1 - Float(beta2)) * (g * g - second[i])
          let corrected = Float(
            rate * (1 - pow(beta2, Double(time))).squareRoot() / (1 - pow(beta1, Double(time))))
          plain[i] -= corrected * first[i] / (second[i].squareRoot() + Float(epsilon))
        case .rmsprop(let rate, let decay, let epsilon):
          second[i] += (1 - Float(decay)) * (g * g - second[i])
          plain[i] -= Float(rate) * g / (second[i] + Float(epsilon)).squareRoot()
        default: Issue.record("expected a rule with running means")
        }
        wasSubnormal = wasSubnormal || first[i].isSubnormal || second[i].isSubnormal
      }
      gradient.withUnsafeMutableBufferPointer { g in
        weights.withUnsafeMutableBufferPointer { step.apply(g, to: $0) }
      }
    }
    #expect(wasSubnormal)
    #expect(weights == plain)
    #expect((step.memory.first + step.memory.second).allSatisfy { !$0.isSubnormal })
  }

  @Test(
    "every path gives the bits of the rule's equation in Float32",
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
    for arithmetic in GradientStep.availableArithmetics {
      var stream = RandomStream(RandomKey(seed: 2))
      let step = GradientStep(rule, parameterCount: count, key: RandomKey(seed: 1), arithmetic: arithmetic)
      let start = OptimiserMemory(atStartOf: rule, parameterCount: count)
      var weights = (0..<count).map { _ in Float(stream.nextNormal()) }
      var (plain, first, second, inner) = (weights, start.first, start.second, weights)
      if !start.inner.isEmpty { first = weights }
      for time in 1...7 {
        // Where no gradient came yet an accumulator is 0.
        var gradient = (0..<count).map { $0 == 3 ? 0 : Float(stream.nextNormal()) }
        noise.withUnsafeMutableBufferPointer {
          NormalGroups(RandomKey(seed: 1).split("langevin")).fill($0, firstGroup: time - 1)
        }
        for i in plain.indices {
          let g = gradient[i]
          switch rule {
          case .sgd(let rate): plain[i] -= Float(rate) * g
          case .momentum(let rate, let momentum):
            first[i] = Float(momentum) * first[i] + g
            plain[i] -= Float(rate) * first[i]
          case .adam(let rate, let beta1, let beta2, let epsilon):
            first[i] += (1 - Float(beta1)) * (g - first[i])
            second[i] += (1 - Float(beta2)) * (g * g - second[i])
            let corrected = Float(
              rate * (1 - pow(beta2, Double(time))).squareRoot() / (1 - pow(beta1, Double(time))))
            plain[i] -= corrected * first[i] / (second[i].squareRoot() + Float(epsilon))
          case .adagrad(let rate, _):
            second[i] += g * g
            if second[i] != 0 { plain[i] -= Float(rate) * g / second[i].squareRoot() }
          case .rmsprop(let rate, let decay, let epsilon):
            second[i] += (1 - Float(decay)) * (g * g - second[i])
            plain[i] -= Float(rate) * g / (second[i] + Float(epsilon)).squareRoot()
          case .entropySGD(let rate, let length, let scope, let innerRate, let thermal, let averaging):
            let pull = Float(scope) * (plain[i] - inner[i])
            let kick = Float(innerRate.squareRoot() * thermal) * noise[i]
            inner[i] = inner[i] - Float(innerRate) * (g - pull) + kick
            first[i] += Float(averaging) * (inner[i] - first[i])
            if time % length == 0 {
              plain[i] -= Float(rate) * (plain[i] - first[i])
              (inner[i], first[i]) = (plain[i], plain[i])
            }
          }
        }
        gradient.withUnsafeMutableBufferPointer { g in
          weights.withUnsafeMutableBufferPointer { w in
            step.withGradientPoint(w) { _ in }
            step.apply(g, to: w)
          }
        }
      }
      #expect(weights == plain)
    }
  }

  private static let rmsprop = OptimiserRule.rmsprop(learningRate: 1e-3, decay: 0.5, epsilon: 1e-10)
}
