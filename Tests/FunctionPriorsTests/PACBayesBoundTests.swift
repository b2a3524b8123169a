import Foundation
import Testing

@testable import FunctionPriors

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
}
