import NeuralNetworks
import TestSupport
import Testing

@testable import Workflow

@Suite("The check of an engine") struct EngineCheckTests {
  @Test("every engine that is here does what plain loops do", arguments: engines)
  func sound(engine: any EngineFactory) throws {
    var told = 0
    let findings = try EngineCheck(engine).findings { _ in told += 1 }
    for finding in findings {
      #expect(finding.isSound, "\(finding.quantity): \(finding.deviation) of \(finding.tolerance)")
    }
    #expect(told == findings.count && findings.count > 30)
  }

  @Test(
    "what rounds otherwise is no fault: no pre-activation is so near 0 that its sign turns", arguments: 1...2)
  func roundings(seed: UInt64) throws {
    for finding in try EngineCheck(FaultyEngineFactory(.movesPixels, seed: seed)).findings() {
      #expect(finding.isSound, "\(finding.quantity): \(finding.deviation) of \(finding.tolerance)")
    }
  }

  @Test(
    "a fault is found where it is, and nowhere else",
    arguments: [
      (.climbsWithoutClipping, ["ascent", "leave their box"]), (.forgetsMemory, ["a step by", "memory"]),
      (.keepsImagesInPlace, ["cropped and flipped"]), (.givesNaN, ["logits", "equal calls"]),
      (.losesTerms, ["sum of products", "squared norms"]), (.keepsStatistics, ["running statistics"]),
      (.changesBits, ["equal calls"]), (.worksInFinish, []),
    ] as [(FaultyEngineFactory.Fault, [String])])
  func faults(fault: FaultyEngineFactory.Fault, places: [String]) throws {
    let failed = try EngineCheck(FaultyEngineFactory(fault)).findings().filter { !$0.isSound }.map(\.quantity)
    for place in places { #expect(failed.contains { $0.contains(place) }, "\(place) in \(failed)") }
    for quantity in failed { #expect(places.contains { quantity.contains($0) }, "\(quantity)") }
  }

  @Test("every kind of work is measured, and what is asked for is finished before the clock is read")
  func speed() throws {
    var speed = EngineSpeed(FaultyEngineFactory(.worksInFinish), images: 5, batch: 2, seconds: 60)
    speed.shape = ResidualShape(
      image: ActivationShape(channels: 3, height: 4, width: 4), stemChannels: 2, blocks: [1])
    let answer = try speed.measure()
    #expect(answer.images == 5 && answer.batch == 2 && answer.points == 7 && answer.deviceBytes == nil)
    // Each call is followed by 2 ms in `finish`, twenty calls at most by one.
    #expect(try #require(answer.trainingImagesPerSecond) < 2 * 20 / 0.002)
    #expect(try #require(answer.forwardImagesPerSecond) < 5 * 20 / 0.002)
    #expect(try #require(answer.ascentSecondsPerStep) > 0.002 / 20)
    #expect(try #require(answer.kernelSeconds) > 0.002 / 20)
    var asked = 0
    #expect(
      try speed.measure(isCancelled: {
        asked += 1
        return true
      }).trainingImagesPerSecond == nil)
    #expect(asked > 0)
  }

  @Test("a deviation that is no number fails, and is null in JSON")
  func notANumber() throws {
    let finding = EngineFinding("x", [.nan] as [Double], [1], tolerance: 1)
    #expect(!finding.isSound && finding.deviation == .infinity)
    #expect(!EngineFinding("x", [1, 2] as [Double], [1], tolerance: 1).isSound)
  }
}
