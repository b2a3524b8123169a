import Foundation
import Planning
import Specifications
import Testing

@testable import RunStorage

@Suite("Stored Monte-Carlo kernels")
struct KernelStoreTests {
  private static let identity = MonteCarloKernelIdentity(
    training: TrainingSpec(
      dataset: DatasetSpec(name: "cifar10", task: "automobile-vs-cat", train: 2, attackPool: 9, test: 1),
      network: NetworkSpec(kind: .resnet50, hidden: [], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(kind: .sgd, learningRate: 0.01, batch: 2), attackSize: 0, sample: 0,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 1), seed: 4),
    dataDigest: "d",
    settings: PriorSettings(
      kernel: .monteCarlo, likelihood: .heaviside, weightVariance: 2, biasVariance: 1,
      initialisationsPerPoint: 0.1))
  private static func kernel(_ initialisations: Int) -> StoredKernel {
    StoredKernel(
      identity: identity, initialisations: initialisations, count: 3, sumOfSquaredNorms: 0.1,
      triangle: [1, .pi, -0.0, 1e-300, 5, 6], seconds: 0.5)
  }

  @Test("a sum reads back bit for bit, and a later one takes its place")
  func roundTrip() throws {
    try SampleRuns.withFolder { folder in
      let store = KernelStore(folder: folder)
      let key = try Self.identity.key()
      func undamaged(_ damage: DamagedFile) { Issue.record("\(damage)") }
      #expect(try store.read(key, onDamage: undamaged) == nil)
      for initialisations in [1, 2] {
        try store.write(Self.kernel(initialisations))
        let read = try #require(try store.read(key, onDamage: undamaged))
        #expect(read == Self.kernel(initialisations))
        #expect(read.triangle[2].sign == .minus)
      }
    }
  }

  @Test("a file with any byte changed, or cut, is set aside and not read")
  func damage() throws {
    try SampleRuns.withFolder { folder in
      let store = KernelStore(folder: folder)
      let key = try Self.identity.key()
      try store.write(Self.kernel(1))
      let path = "\(folder)/kernels/\(key.description.prefix(2))/\(key).kernel"
      let whole = try Data(contentsOf: URL(fileURLWithPath: path))
      for position in stride(from: 0, to: whole.count, by: 37) {
        var changed = whole
        changed[position] ^= 1
        for bytes in [changed, whole.prefix(position)] {
          try bytes.write(to: URL(fileURLWithPath: path))
          var told: [String] = []
          #expect(try store.read(key) { told.append($0.setAsideAt) } == nil)
          #expect(told.count == 1 && told.allSatisfy { FileManager.default.fileExists(atPath: $0) })
          #expect(!FileManager.default.fileExists(atPath: path))
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/damaged").count > 1)
    }
  }

  @Test("the pool of A and the likelihood are none of a kernel's identity; data, seed and network are")
  func identity() throws {
    var other = Self.identity
    other.seed = 5
    #expect(try other.key() != Self.identity.key())
    other = Self.identity
    other.data = "e"
    #expect(try other.key() != Self.identity.key())
    #expect(Self.identity.dataset.attackPool == 0)
  }
}
