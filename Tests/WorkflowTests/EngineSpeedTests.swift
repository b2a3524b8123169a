import NeuralNetworks
import TestSupport
import Testing

@testable import Workflow

@Suite("The speed of an engine") struct EngineSpeedTests {
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
}
