import NeuralNetworks
import OneDNNEngine
import Testing

@Suite("oneDNN")
struct OneDNNEngineTests {
  @Test("channels that do not fill the processor's vectors are refused by name")
  func oddChannels() {
    let shape = ResidualShape(
      image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 12, blocks: [1])
    let error = #expect(throws: ConvolutionEngineError.self) {
      try OneDNNEngineFactory(threads: 1).engine(for: shape.program, capacity: 1)
    }
    guard case .channelsNotBlocked(12, let block) = error else {
      Issue.record("expected a refusal of 12 channels, got \(String(describing: error))")
      return
    }
    #expect(block == 8 || block == 16)
  }

  @Test("the number of threads is in the description, which binds checkpoints and stands in provenance")
  func description() {
    let one = OneDNNEngineFactory(threads: 1).description
    #expect(one.contains(/^oneDNN [23]\.\d+\.\d+, blocks of (8|16) channels, 1 threads$/))
    #expect(OneDNNEngineFactory(threads: 2).description == one.dropLast(9) + "2 threads")
  }
}
