import Foundation
import FunctionPriors
import Planning
import RunStorage
import Specifications
import Synchronization
import TestSupport
import Testing

@testable import Experiments

@Suite("Samples of functions")
struct FunctionSampleTests {
  private let folder: TemporaryFolder
  static let spec = FunctionSampleSpec(
    network: NetworkSpec(kind: .fcn, hidden: [6, 5], weightVariance: 1, biasStandardDeviation: 0.1),
    variables: 5, samples: 10_300, kept: 40, seed: 1)

  init() throws { folder = try TemporaryFolder() }

  private func execution(
    _ name: String, workers: Int = 1, blockSize: Int = 1000, memory: Int = 512 << 20,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) -> FunctionSampleExecution {
    FunctionSampleExecution(
      spec: Self.spec, store: FunctionSampleStore(folder: "\(folder.path)/\(name)"),
      claims: WorkClaims(store: "\(folder.path)/\(name)"), workers: workers, isCancelled: isCancelled,
      blockSize: blockSize, memoryOfCounting: memory)
  }

  private func result(_ execution: FunctionSampleExecution) throws -> FunctionSampleResult? {
    try record(execution)?.result
  }

  private func record(
    _ execution: FunctionSampleExecution, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) throws -> FunctionSampleRecord? {
    try execution.execute(waiting: {}, onDamage: { Issue.record("\($0)") }, progress: progress)
  }

  /// All of it counted in a dictionary.
  private static let plain: [String: Int] = {
    let sampler = FunctionSampler(
      BooleanNetworkEnsemble(variables: 5, hidden: [6, 5], weightVariance: 1, biasVariance: 0.1 * 0.1),
      key: FunctionSampleExecution.key(seed: 1))
    return sampler.functions(0..<spec.samples).reduce(into: [:]) {
      $0[$1.hexadecimal(inputs: 32), default: 0] += 1
    }
  }()

  @Test("the counts are those of a dictionary over all samples")
  func dictionary() throws {
    let result = try #require(try result(execution("a")))
    #expect(result.samples == Self.spec.samples)
    #expect(result.distinct == Self.plain.count)
    #expect(result.functions.count == 40)
    for (function, count) in zip(result.functions, result.counts) { #expect(Self.plain[function] == count) }
    #expect(result.counts == Array(Self.plain.values.sorted(by: >).prefix(40)))
    #expect(
      zip(result.countValues, result.countFunctions).reduce(0) { $0 + $1.0 * $1.1 } == Self.spec.samples)
    #expect(result.complexityClasses.reduce(0) { $0 + $1.functions } == Self.plain.count)
  }

  @Test("one worker and two, large blocks and small, little memory and much: the same counts")
  func workers() throws {
    let reference = try result(execution("a"))
    #expect(try result(execution("b", workers: 2)) == reference)
    #expect(try result(execution("c", workers: 2, blockSize: 777)) == reference)
    // So many passes over the blocks as there are partitions.
    #expect(try result(execution("d", memory: 1000)) == reference)
    #expect(reference != nil)
  }

  @Test("a sample interrupted and resumed is the uninterrupted one, and draws only what is missing")
  func resumed() throws {
    let drawn = Mutex(0)
    let interrupted = execution("a", isCancelled: { drawn.withLock { $0 >= 4000 } })
    let nothing = try record(interrupted) { count in drawn.withLock { $0 = count } }
    #expect(nothing == nil)
    let blocks = folder.files(endingIn: ".block")
    #expect(blocks.count == 4)
    // One of them is damaged meanwhile, one is a copy of another, and one is of another seed and size: all are
    // named and drawn again.
    var bytes = try Data(contentsOf: URL(filePath: blocks[1]))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: blocks[1]))
    try Data(contentsOf: URL(filePath: blocks[0])).write(to: URL(filePath: blocks[2]))
    let other = FunctionSampleStore(folder: folder.path + "/a").blocks(
      of: try FunctionSampleIdentity(spec: FunctionSampleSpec(seed: 2, like: Self.spec)).key())
    try other.write([UInt8](repeating: 0, count: 8 * 64), of: 3000..<4000)
    let foreign = try #require(folder.files(endingIn: "3000-1000.block").first { !blocks.contains($0) })
    try Data(contentsOf: URL(filePath: foreign)).write(to: URL(filePath: blocks[3]))
    try FileManager.default.removeItem(atPath: foreign)

    let damaged = Mutex<[DamagedFile]>([])
    let record = try #require(
      try execution("a").execute(
        waiting: {}, onDamage: { damage in damaged.withLock { $0.append(damage) } }, progress: { _ in }))
    let named = damaged.withLock { $0 }
    #expect(named.count == 3 && named.allSatisfy { $0.kind == .block && $0.key == record.key })
    #expect(named.allSatisfy { FileManager.default.fileExists(atPath: $0.setAsideAt) })
    #expect(record.result == (try result(execution("b"))))
    #expect(record.provenance.samplesDrawn == 6300)
    #expect(try #require(record.provenance.processorSeconds) > 0)
    #expect(folder.files(endingIn: ".block").isEmpty)
    #expect(folder.files(endingIn: ".json").count == 2)
    // Stored: nothing is drawn a second time.
    let again = try self.record(execution("a")) { _ in Issue.record("drawn again") }
    #expect(again == record)
  }

  @Test("a block whose counts are not those of its samples is set aside, named and drawn again")
  func forgedCounts() throws {
    let drawn = Mutex(0)
    let interrupted = execution("a", isCancelled: { drawn.withLock { $0 >= 4000 } })
    #expect(try record(interrupted) { count in drawn.withLock { $0 = count } } == nil)
    // Whole, with a valid checksum and its own header: nothing was found in it.
    let blocks = FunctionSampleStore(folder: folder.path + "/a").blocks(
      of: try FunctionSampleIdentity(spec: Self.spec).key())
    try blocks.write(FunctionBlock([]).bytes, of: 1000..<2000)

    let damaged = Mutex<[DamagedFile]>([])
    let record = try execution("a", memory: 1000).execute(
      waiting: {}, onDamage: { damage in damaged.withLock { $0.append(damage) } }, progress: { _ in })
    let named = damaged.withLock { $0 }
    #expect(named.count == 1 && named.allSatisfy { $0.kind == .block && $0.reason.contains("1000-1000") })
    #expect(record?.result == (try result(execution("b"))))
    #expect(record != nil)
  }

  @Test("blocks that tasks drew are counted, and no block is drawn twice, whoever is at it")
  func parts() throws {
    let reference = try result(execution("a"))
    let asked = Mutex(0)
    for numbers in [2..<4, 9..<99, 3..<5] {
      let isDone = try execution("b", workers: 2).drawBlocks(
        numbers, waiting: { Issue.record("waited") }, onDamage: { Issue.record("\($0)") },
        progress: { drawn in asked.withLock { $0 = drawn } })
      #expect(isDone)
    }
    let last = asked.withLock { $0 }
    #expect(last == 2000)
    #expect(folder.files(endingIn: ".block").count == 5)
    let whole = try #require(try record(execution("b")))
    #expect(whole.result == reference && whole.provenance.samplesDrawn == 10_300 - 4300)
    // The blocks of a stored sample are not drawn again.
    #expect(
      try execution("b").drawBlocks(
        0..<11, waiting: {}, onDamage: { Issue.record("\($0)") }, progress: { _ in }))
    #expect(folder.files(endingIn: ".block").isEmpty)
    // Several at once share them.
    let results = try ParallelWork(workers: 2, isCancelled: { false }).map([0, 1]) { number in
      if number == 0 { return try record(execution("c")) }
      let isDone = try execution("c").drawBlocks(
        0..<11, waiting: {}, onDamage: { Issue.record("\($0)") }, progress: { _ in })
      #expect(isDone)
      return try record(execution("c"))
    }
    #expect(results?.count == 2 && results?.allSatisfy { $0.result == reference } == true)
    #expect(folder.files(endingIn: ".block").isEmpty)
  }

  @Test("blocks of another size are not taken for these")
  func otherBlocks() throws {
    let drawn = Mutex(0)
    let interrupted = execution("a", blockSize: 900, isCancelled: { drawn.withLock { $0 >= 2000 } })
    #expect(try record(interrupted) { count in drawn.withLock { $0 = count } } == nil)
    #expect(try result(execution("a")) == (try result(execution("b"))))
  }

  @Test("the second of two that draw one sample waits for the first, and has its record")
  func waiting() throws {
    let waits = Mutex(0)
    let execution = execution("a")
    let records = try ParallelWork(workers: 2, isCancelled: { false }).map([0, 1]) { _ in
      try execution.execute(
        waiting: { waits.withLock { $0 += 1 } }, onDamage: { Issue.record("\($0)") }, progress: { _ in })
    }
    let found = try #require(records)
    #expect(found.count == 2 && found[0] == found[1])
    let waited = waits.withLock { $0 }
    #expect(waited <= 1)
    #expect(folder.files(endingIn: ".block").isEmpty)
  }

  @Test("two processes do not draw one sample at once: the second waits, and can be stopped")
  func exclusive() throws {
    let key = try FunctionSampleIdentity(spec: Self.spec).key()
    let hasWaited = Mutex(false)
    let claims = WorkClaims(store: "\(folder.path)/a")
    let inner: FunctionSampleRecord? = try claims.holding(key, isCancelled: { false }, waiting: {}) { _ in
      try execution("a", isCancelled: { hasWaited.withLock { $0 } }).execute(
        waiting: { hasWaited.withLock { $0 = true } }, onDamage: { Issue.record("\($0)") },
        progress: { _ in })
    }
    #expect(inner == nil)
    let waited = hasWaited.withLock { $0 }
    #expect(waited)
  }
}

extension FunctionSampleSpec {
  /// The same sample of another seed.
  fileprivate init(seed: UInt64, like spec: FunctionSampleSpec) {
    self.init(
      network: spec.network, variables: spec.variables, samples: spec.samples, kept: spec.kept, seed: seed)
  }
}

@Suite("Runs to sampled functions")
struct SampledTargetTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static func plan(variables: Int = 4, functions: Int = 5) -> Plan {
    let group = RunGroup(
      dataset: .booleanCube(variables: variables),
      network: NetworkSpec(kind: .fcn, hidden: [12, 12], weightVariance: 1, biasStandardDeviation: 0.1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.1, batch: 4), attackSizes: [0], samplesPerSize: 1,
      targets: SampledTargets(variables: variables, samples: 2000, kept: 20, functions: functions),
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 2000),
      measurements: [
        .atZeroError(
          .sharpness(
            SharpnessSettings(
              row: "boolean-fcn", method: .sgd, box: 1e-4, batch: 4, learningRate: 1e-3, epochs: 3),
            trace: false)), .atZeroError(.hessian(HessianSettings(top: 1))),
        .atZeroError(
          .prior(PriorSettings(kernel: .nngp, likelihood: .heaviside, weightVariance: 1, biasVariance: 0.01))),
      ])
    let figure = FigureSpec(
      id: "T2", title: "", caption: "", runs: ["group": group], panels: [], schematic: nil, settings: [],
      file: "")
    return Plan(figures: [figure], seed: 1)
  }

  private func execute(
    _ plan: Plan, jobs: Int = 2
  ) async throws -> (records: [RunRecord], samples: [FunctionSampleRecord]) {
    let data = try SmallRuns.data()
    let survey = try Survey(plan: plan, data: data, store: folder.store)
    let runner = Runner(store: folder.store, jobs: jobs, engines: engines[0])
    let samples = try runner.drawSamples(survey)
    return (try await runner.execute(survey, data: data.adding(samples)), samples)
  }

  @Test("each network ends at the function of its rank, with all that is measured, and is found again")
  func trained() async throws {
    let (records, samples) = try await execute(Self.plan())
    let sample = try #require(samples.first).result
    #expect(records.count == 5)
    for (rank, record) in records.enumerated() {
      let training = record.results.training
      #expect(training.status == .converged)
      #expect(training.testAccuracy == nil)
      #expect(training.trainAccuracy == 1)
      let target = try #require(BooleanFunction(hexadecimal: sample.functions[rank], inputs: 16))
      #expect(training.function == target.outputs(16).map(String.init).joined())
      #expect(record.results.measurements.count == 3)
      #expect(!record.results.measurements.values.contains { if case .failed = $0 { true } else { false } })
      #expect(record.dataDigest == samples[0].key.description)
    }
    let survey = try Survey(plan: Self.plan(), data: SmallRuns.data(), store: folder.store)
    #expect(survey.pending.isEmpty && survey.pendingSamples.isEmpty)
  }

  @Test("a sample with fewer functions than were planned for gives as many runs as it has functions")
  func fewerFunctions() async throws {
    let (records, samples) = try await execute(Self.plan(variables: 1, functions: 9))
    #expect(samples[0].result.distinct == 4)
    #expect(records.count == 4)
    let survey = try Survey(
      plan: Self.plan(variables: 1, functions: 9), data: SmallRuns.data(), store: folder.store)
    #expect(survey.items.count == 4 && survey.pending.isEmpty)
  }

  @Test("a damaged sample is set aside and drawn again")
  func damagedSample() async throws {
    let first = try await execute(Self.plan()).samples
    let path = try #require(folder.files(endingIn: "\(first[0].key).json").first)
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path))
    let survey = try Survey(plan: Self.plan(), data: SmallRuns.data(), store: folder.store)
    guard case .damaged(let damage) = try #require(survey.samples.first).state else {
      Issue.record("expected a damaged sample")
      return
    }
    #expect(damage.kind == .sample && damage.reason.contains("checksum"))
    let second = try await execute(Self.plan()).samples
    #expect(second[0].result == first[0].result)
  }
}
