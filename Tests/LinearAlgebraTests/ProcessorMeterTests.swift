import Foundation
import LinearAlgebra
import Synchronization
import Testing

@Suite("Processor time")
struct ProcessorMeterTests {
  /// Keeps this thread busy until it has taken so much processor time, in seconds.
  private func spin(_ seconds: Double) {
    ProcessorMeter.following(.ofWork) {
      guard let meter = ProcessorMeter.current else { return }
      let start = meter.seconds
      while meter.seconds - start < seconds {}
    }
  }

  /// What `work` takes on processors and on the wall, in seconds.
  private func taken(
    _ scope: ProcessorMeter.Scope, _ work: () -> Void
  ) throws -> (processor: Double, wall: Double) {
    let clock = ContinuousClock()
    let start = clock.now
    let processor = try ProcessorMeter.following(scope) {
      let meter = try #require(ProcessorMeter.current)
      let start = meter.seconds
      work()
      return meter.seconds - start
    }
    return (processor, start.duration(to: clock.now) / .seconds(1))
  }

  @Test("a busy thread takes at most the time on the wall, and a sleeping one next to none")
  func oneThread() throws {
    let busy = try taken(.ofWork) { spin(0.02) }
    #expect(busy.processor >= 0.02 && busy.processor <= busy.wall + 1e-3)
    let asleep = try taken(.ofWork) { Thread.sleep(forTimeInterval: 0.05) }
    #expect(asleep.wall >= 0.05 && asleep.processor < 0.02)
  }

  @Test("the threads that help count, those too that help a helper, and no more than there can be")
  func helpers() throws {
    let cores = Double(ProcessInfo.processInfo.activeProcessorCount)
    let flat = try taken(.ofWork) { ProcessorMeter.concurrently(8) { _ in spin(0.01) } }
    #expect(flat.processor >= 0.08 && flat.processor <= cores * flat.wall + 1e-3)
    let nested = try taken(.ofWork) {
      ProcessorMeter.concurrently(4) { _ in ProcessorMeter.concurrently(4) { _ in spin(0.005) } }
    }
    #expect(nested.processor >= 0.08 && nested.processor <= cores * nested.wall + 1e-3)
  }

  @Test("what other threads do beside the work counts for the process alone")
  func others() throws {
    func besides() {
      let done = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        spin(0.05)
        done.signal()
      }
      done.wait()
    }
    #expect(try taken(.ofWork, besides).processor < 0.05)
    #expect(try taken(.ofProcess, besides).processor >= 0.05)
  }

  @Test("each number is worked on once, with a meter and without")
  func numbers() {
    func sum() -> Int {
      let sum = Mutex(0)
      ProcessorMeter.concurrently(100) { number in sum.withLock { $0 += number } }
      return sum.withLock(\.self)
    }
    #expect(ProcessorMeter.current === nil && sum() == 4950)
    #expect(ProcessorMeter.following(.ofWork, sum) == 4950)
    #expect(ProcessorMeter.current === nil)
  }
}
