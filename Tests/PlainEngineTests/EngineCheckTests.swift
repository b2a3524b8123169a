import NeuralNetworks
import TestSupport
import Testing

@testable import PlainEngine

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

  @Test("a deviation that is no number fails, and is null in JSON")
  func notANumber() throws {
    let finding = EngineFinding("x", [.nan] as [Double], [1], tolerance: 1)
    #expect(!finding.isSound && finding.deviation == .infinity)
    #expect(!EngineFinding("x", [1, 2] as [Double], [1], tolerance: 1).isSound)
  }
}
