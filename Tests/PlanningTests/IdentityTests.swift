import Encodings
import Foundation
import Planning
import Specifications
import Testing

@Suite("Identities")
struct IdentityTests {
  private func training(seed: UInt64 = 1, learningRate: Double = 0.01) -> TrainingSpec {
    TrainingSpec(
      dataset: DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: 5, attackPool: 4, test: 3),
      network: NetworkSpec(kind: .fcn, hidden: [40, 40], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: learningRate, batch: 32), attackSize: 2, sample: 0,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 50_000), seed: seed)
  }

  private let sharpness = SharpnessSettings(
    row: "mnist-fcn", method: .sgd, box: 1e-4, batch: 32, learningRate: 1e-3, epochs: 100)
  private let prior = PriorSettings(
    kernel: .nngp, likelihood: .probit, weightVariance: 2, biasVariance: 1)

  /// The text from which `sha256sum` gave the digits below.
  private let canonicalRun =
    #"{"data":"d1","revision":1,"spec":{"attackSize":2,"dataset":{"attackPool":4,"name":"mnist","#
    + #""task":"digits-0-4-vs-5-9","test":3,"train":5},"network":{"biasStandardDeviation":1,"#
    + #""hidden":[40,40],"kind":"fcn"},"optimiser":{"batch":32,"batchOrder":"shuffled","kind":"sgd","#
    + #""learningRate":0.01},"sample":0,"seed":1,"stop":{"at":"zero-error-on-train","epochs":50000}}}"#

  @Test("a run's key is the SHA-256 of its canonical JSON")
  func runKey() throws {
    let identity = RunIdentity(spec: training(), dataDigest: "d1", revision: 1)
    #expect(try CanonicalJSON.text(of: identity) == canonicalRun)
    #expect(
      try identity.key().description == "c0ca2ff7c43df186f44638766a8638f20d29b2d43ebd69cac990aee961cbc112")
  }

  @Test("spec, data, revision and seed each change the key")
  func distinctKeys() throws {
    let keys = try [
      RunIdentity(spec: training(), dataDigest: "d1", revision: 1),
      RunIdentity(spec: training(seed: 2), dataDigest: "d1", revision: 1),
      RunIdentity(spec: training(learningRate: 0.010000000000000002), dataDigest: "d1", revision: 1),
      RunIdentity(spec: training(), dataDigest: "d2", revision: 1),
      RunIdentity(spec: training(), dataDigest: "d1", revision: 2),
    ].map { try $0.key() }
    #expect(Set(keys).count == keys.count)
  }

  @Test("the precision of a training changes its key, that of Float32 does not, and no kernel knows of it")
  func precisions() throws {
    func training(_ precision: OptimiserSpec.Precision?) -> TrainingSpec {
      var training = self.training()
      if let precision { training.optimiser.precision = precision }
      return training
    }
    func key(_ precision: OptimiserSpec.Precision?) throws -> ContentKey {
      try RunIdentity(spec: training(precision), dataDigest: "d1", revision: 1).key()
    }
    #expect(try key(.float32) == key(nil))
    #expect(try Set([key(nil), key(.tf32), key(.bf16)]).count == 3)
    let kernels = try [nil, .tf32, .bf16].map {
      try MonteCarloKernelIdentity(training: training($0), dataDigest: "d1", settings: prior).key()
    }
    #expect(Set(kernels).count == 1)
  }

  @Test("the selection of the attack set changes a key where there is something to select")
  func attackSelections() throws {
    func key(_ size: Int, _ selection: AttackSelection) throws -> ContentKey {
      let plain = training()
      let chosen = TrainingSpec(
        dataset: plain.dataset, network: plain.network, optimiser: plain.optimiser, attackSize: size,
        attackSelection: selection, sample: 0, stop: plain.stop, seed: plain.seed)
      return try RunIdentity(spec: chosen, dataDigest: "d1", revision: 1).key()
    }
    #expect(try key(2, .random) == RunIdentity(spec: training(), dataDigest: "d1", revision: 1).key())
    #expect(try key(2, .first) != key(2, .random))
    // None of the pool, and all of it: the same A by either.
    #expect(try key(0, .first) == key(0, .random))
    #expect(try key(4, .first) == key(4, .random))
  }

  @Test("a seed up to 2⁵³ has a key, a larger one is refused")
  func seeds() throws {
    #expect(throws: Never.self) {
      try RunIdentity(spec: training(seed: 1 << 53), dataDigest: "d", revision: 1).key()
    }
    #expect(throws: CanonicalJSONError.integerTooLarge("9007199254740993", path: "spec.seed")) {
      try RunIdentity(spec: training(seed: 1 << 53 + 1), dataDigest: "d", revision: 1).key()
    }
  }

  @Test("only 64 lower-case hexadecimal digits are a key")
  func keyTexts() throws {
    let digits = String(repeating: "0a", count: 32)
    let key = try #require(ContentKey(digits))
    #expect(key.description == digits)
    #expect(try JSONDecoder().decode(ContentKey.self, from: JSONEncoder().encode(key)) == key)
    for text in [
      "", digits.uppercased(), String(digits.dropLast()), digits + "0", "../" + digits.dropLast(3),
    ] {
      #expect(ContentKey(text) == nil)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ContentKey.self, from: Data(#""ab""#.utf8))
    }
  }

  @Test("a measurement's identity is readable, and differs with the trace and with every setting")
  func measurementIdentities() {
    #expect(
      MeasurementSpec.atZeroError(.sharpness(sharpness, trace: false)).identity
        == "sharpness/mnist-fcn/ebfc5bab80e0be61")
    #expect(MeasurementSpec.atZeroError(.prior(prior)).identity == "prior/probit/1326500b6788a294")
    var wider = sharpness
    wider.box = 1e-3
    var heaviside = prior
    heaviside.likelihood = .heaviside
    let identities = [
      MeasurementSpec.atZeroError(.sharpness(sharpness, trace: false)),
      .atZeroError(.sharpness(sharpness, trace: true)),
      .atZeroError(.sharpness(wider, trace: false)), .atZeroError(.prior(prior)),
      .atZeroError(.prior(heaviside)),
    ].map(\.identity)
    #expect(Set(identities).count == identities.count)
    #expect(identities[1].hasPrefix("sharpness-trace/mnist-fcn/"))
  }
}
