import Encodings
import Foundation
import Planning
import Specifications
import Testing

@testable import RunStorage

@Suite("Stored Monte-Carlo kernels")
struct KernelStoreTests {
  private static let identity = MonteCarloKernelIdentity(
    training: TrainingSpec(
      dataset: DatasetSpec(name: .cifar10, task: .automobileVersusCat, train: 2, attackPool: 9, test: 1),
      network: NetworkSpec(kind: .resnet50, hidden: [], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 2), attackSize: 0, sample: 0,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 1), seed: 4),
    dataDigest: "d",
    settings: PriorSettings(
      kernel: .monteCarlo, likelihood: .heaviside, weightVariance: 2, biasVariance: 1,
      initialisationsPerPoint: 0.1))
  private static func kernel(_ initialisations: Int) -> StoredKernel {
    StoredKernel(
      identity: identity, initialisations: initialisations, count: 3, sumOfSquaredNorms: 0.1,
      triangle: [1, .pi, -0.0, 1e-300, 5, 6], blockSize: 32, seconds: 0.5)
  }

  @Test("a sum reads back bit for bit, and a later one takes its place")
  func roundTrip() throws {
    try SampleRuns.withFolder { folder in
      let store = KernelStore(folder: folder)
      let key = try Self.identity.key()
      #expect(try store.read(key) == .missing)
      for initialisations in [1, 2] {
        try store.write(Self.kernel(initialisations))
        guard case .found(let read) = try store.read(key) else {
          Issue.record("expected a kernel")
          return
        }
        #expect(read == Self.kernel(initialisations))
        #expect(read.triangle[2].sign == .minus)
      }
    }
  }

  @Test(
    "a number of rows that does not fit the numbers is damage, whatever it is",
    arguments: ["-1", "4", "1000000000000000000", "9223372036854775807"])
  func rows(count: String) throws {
    let whole = try Self.kernel(1).fileContents()
    let end = try #require(whole[65...].firstIndex(of: 10))
    let header = String(decoding: whole[65..<end], as: UTF8.self)
    try #require(header.contains(#""count":3,"#))
    let body = Array(header.replacing(#""count":3,"#, with: #""count":\#(count),"#).utf8) + whole[end...]
    let file = Array(SHA256.hex(of: body).utf8) + [10] + body
    let key = try Self.identity.key()
    #expect(throws: FileDamage.self) { try StoredKernel(fileContents: file, key: key) }
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
          guard case .damaged(let damage) = try store.read(key) else {
            Issue.record("expected damage at byte \(position)")
            return
          }
          #expect(damage.kind == .kernel && damage.key == key)
          #expect(try Data(contentsOf: URL(fileURLWithPath: damage.setAsideAt)) == bytes)
          #expect(try store.read(key) == .missing)
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/damaged").count > 1)
    }
  }

  @Test("an intact kernel under the name of another is damaged")
  func misplaced() throws {
    var other = Self.kernel(1)
    other.identity.seed += 1
    let bytes = try other.fileContents()
    #expect(throws: FileDamage.self) { try StoredKernel(fileContents: bytes, key: Self.identity.key()) }
    #expect(try StoredKernel(fileContents: bytes, key: other.identity.key()) == other)
  }

  @Test("a kernel with a number that JSON has no text for is refused in the words of a kernel")
  func notEncodable() throws {
    try SampleRuns.withFolder { folder in
      var kernel = Self.kernel(1)
      kernel.sumOfSquaredNorms = .infinity
      let error = #expect(throws: StorageError.self) { try KernelStore(folder: folder).write(kernel) }
      let key = try Self.identity.key()
      let message = try #require(error).description
      #expect(message.hasPrefix("the Monte-Carlo kernel \(key) cannot be stored: "), "\(message)")
      #expect(SampleRuns.files(in: folder) == [])
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
