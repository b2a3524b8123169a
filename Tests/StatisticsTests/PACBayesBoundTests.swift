import Foundation
import Testing

@testable import Statistics

struct PACBayesBoundTests {
  @Test("the bound is (ln 1/P + ln 1/δ)/m, also where it exceeds one")
  func values() {
    let bound = PACBayesBound.error(
      logProbabilityInNats: -200, trainingSetSize: 500, confidenceParameter: exp(-3))
    #expect(abs(bound - 203.0 / 500) < 1e-15)
    let vacuous = PACBayesBound.error(
      logProbabilityInNats: -1000, trainingSetSize: 500, confidenceParameter: 1)
    #expect(abs(vacuous - 2) < 1e-15)
  }

  @Test("the marginal-likelihood bound solves its inequality, and stays below one")
  func posterior() {
    let bound = PACBayesBound.posteriorError(
      logMarginalLikelihoodInNats: -150, trainingSetSize: 500, confidenceParameter: 0.1,
      posteriorParameter: 0.02)
    // By hand: P(S) m^−1 δ γ (1 − ε)^−(m − 1) = 1.
    #expect(abs(-150 - log(500) + log(0.1) + log(0.02) - 499 * log1p(-bound)) < 1e-10)
    // 162.43 nats over 499: 1 − exp(−0.32551).
    #expect(abs(bound - 0.27784) < 5e-5)
    let large = PACBayesBound.posteriorError(logMarginalLikelihoodInNats: -9999, trainingSetSize: 100)
    #expect(large <= 1 && large > 0.99)
  }

  @Test("where all functions that fit are one, its bound is nearly that of the function")
  func oneFunction() {
    // For small bounds −ln(1 − ε) is ε, and m examples count as much as m − 1.
    let (m, nats) = (100_000, -300.0)
    let function = PACBayesBound.error(logProbabilityInNats: nats, trainingSetSize: m)
    let posterior = PACBayesBound.posteriorError(
      logMarginalLikelihoodInNats: nats, trainingSetSize: m, posteriorParameter: 1)
    #expect(posterior > function && posterior < function + 2 * log(Double(m)) / Double(m))
  }
}
