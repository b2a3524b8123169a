import NeuralNetworks
import Testing

@Suite("Devices that fail") struct EngineFailureTests {
  @Test("the program ends at once, with words, a remedy and a status of its own")
  func end() async throws {
    let result = try #require(
      await #expect(
        processExitsWith: .exitCode(EngineFailure.status), observing: [\.standardErrorContent]
      ) {
        EngineFailure.end("libtorch refused a step: out of memory. Choose a smaller batch")
      })
    let words = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(
      words.contains(
        "plateau: libtorch refused a step: out of memory. Choose a smaller batch. What was stored stays; the same call"
      ))
  }
}
