import LinearAlgebra
import Testing

@testable import Experiments

@Suite("The time of a run's parts")
struct TimeTakenTests {
  @Test("two parts add up on both clocks, on processors where both are known")
  func sum() {
    let one = TimeTaken(seconds: 1, processorSeconds: 0.5)
    #expect(one + TimeTaken(seconds: 2, processorSeconds: 1.5) == TimeTaken(seconds: 3, processorSeconds: 2))
    #expect(one + .none == one && .none + one == one)
    let unknown = TimeTaken(seconds: 2, processorSeconds: nil)
    #expect(one + unknown == TimeTaken(seconds: 3, processorSeconds: nil) && unknown + one == one + unknown)
  }

  @Test("a timer tells processor time where somebody takes it, and time on the wall anyway")
  func timer() throws {
    let alone = RunTimer()
    #expect(alone.taken.processorSeconds == nil && alone.taken.seconds >= 0)
    let taken = ProcessorMeter.following(.ofWork) {
      let timer = RunTimer()
      while timer.taken.processorSeconds == 0 {}
      return timer.taken
    }
    let onProcessor = try #require(taken.processorSeconds)
    #expect(onProcessor > 0 && onProcessor <= taken.seconds + 1e-3)
  }
}
