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

  private static let rmsprop = OptimiserRule.rmsprop(learningRate: 1e-3, decay: 0.5, epsilon: 1e-10)
}
