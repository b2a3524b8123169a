import Foundation
import Planning
import RunStorage
import Specifications
import Synchronization
import TestSupport
import Testing

@testable import Experiments

@Suite("Executing plans")
struct RunnerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A switch that one task turns and others look at.
  private final class Switch: Sendable {
    private let state = Atomic(false)
    var isOn: Bool { state.load(ordering: .relaxed) }
    func turnOn() { state.store(true, ordering: .relaxed) }
  }

  /// Executes the plan in the test's store, and stops the call at the first event that is meant.
  private func interrupt(_ plan: Plan, at isMeant: @escaping @Sendable (Runner.Event) -> Bool) async {
    let stop = Switch()
    await #expect(throws: ExperimentError.self) {
      _ = try await SmallRuns.execute(plan, in: folder.store, isCancelled: { stop.isOn }) { event in
        if isMeant(event) { stop.turnOn() }
      }
    }
  }

  @Test("one job and two give the same records, in the plan's order")
  func jobs() async throws {
    let plan = SmallRuns.plan(samplesPerSize: 2, epochs: 4)
    let one = try await SmallRuns.execute(plan, in: folder.store, jobs: 1)
    let two = try await SmallRuns.executeAfresh(plan, jobs: 2)
    #expect(one.map(\.spec) == plan.runs.map(\.training))
    #expect(one.map(Facts.init) == two.map(Facts.init))
    #expect(Set(one.map(\.results.training.parameterNorm)).count == 4)
  }

  @Test("a cancelled call keeps its finished runs, and the next one ends as if nothing had happened")
  func cancellation() async throws {
    let plan = SmallRuns.plan(samplesPerSize: 2, epochs: 4)
    let stop = Switch()
    do {
      _ = try await SmallRuns.execute(plan, in: folder.store, isCancelled: { stop.isOn }) { event in
        if case .finished = event { stop.turnOn() }
      }
      Issue.record("expected the call to be interrupted")
    } catch ExperimentError.interrupted(let finished, let remaining) {
      #expect(finished == 1)
      #expect(remaining == 3)
    }
    let survey = try Survey(plan: plan, data: SmallRuns.data(), store: folder.store)
    #expect(survey.items.map(\.state) == [.cached, .missing, .missing, .missing])

    let resumed = try await SmallRuns.execute(plan, in: folder.store)
    let uninterrupted = try await SmallRuns.executeAfresh(plan)
    #expect(resumed.map(Facts.init) == uninterrupted.map(Facts.init))
  }

  @Test("a run is given up between two of its epochs, and leaves nothing behind")
  func cancellationWithinARun() async throws {
    let plan = SmallRuns.plan(attackSizes: [30], epochs: 1_000_000)
    await interrupt(plan) { if case .started = $0 { true } else { false } }
    #expect(folder.files(endingIn: ".json").isEmpty)
  }

  @Test("a training that was stopped goes on from its last epoch, ends the same, and leaves no checkpoint")
  func resumption() async throws {
    let plan = SmallRuns.plan(attackSizes: [30], epochs: 8)
    await interrupt(plan) { if case .trained(_, 3, _) = $0 { true } else { false } }
    #expect(folder.files(endingIn: ".checkpoint").count == 1)
    let notices = Mutex<[CheckpointNotice]>([])
    let resumed = try await SmallRuns.execute(
      plan, in: folder.store,
      progress: { event in
        if case .checkpoint(_, let notice) = event { notices.withLock { $0.append(notice) } }
      })
    #expect(notices.withLock { $0 } == [.resumed(from: "epoch 3 of its training")])
    let uninterrupted = try await SmallRuns.executeAfresh(plan)
    #expect(resumed.map(Facts.init) == uninterrupted.map(Facts.init))
    #expect(resumed.map(\.results.training.epochs) == [8])
    #expect(folder.files(endingIn: ".checkpoint").isEmpty)
  }

  @Test(
    "a call that is stopped in a run's second timeline keeps the first one, and the next call does the other")
  func cancellationBetweenTimelines() async throws {
    let timelines = [2, 3].map { epochs in
      MeasurementSpec.timeline(
        TimelineSettings(epochsPast: epochs, every: 5, rescaling: nil, measurements: [SmallRuns.ascent]))
    }
    let plan = SmallRuns.plan(attackSizes: [0], epochs: 400, measurements: [SmallRuns.sharpness] + timelines)
    #expect(plan.runs[0].steps.map(\.measurements.count) == [1, 1, 1])
    let second = RunPart.measurement(timelines[1].identity)
    await interrupt(plan) { if case .advanced(_, second, _) = $0 { true } else { false } }
    let survey = try Survey(plan: plan, data: SmallRuns.data(), store: folder.store)
    #expect(survey.items.map(\.state) == [.incomplete(missing: 1)])
    let stored = try #require(survey.items[0].record).results.measurements
    #expect(stored[timelines[0].identity] != nil)
    let resumed = try await SmallRuns.execute(plan, in: folder.store)
    let whole = try await SmallRuns.executeAfresh(plan)
    #expect(resumed.map(Facts.init) == whole.map(Facts.init))
  }

  @Test("every epoch to zero error is told, with the accuracy on S after it")
  func epochs() async throws {
    let plan = SmallRuns.plan(attackSizes: [30], epochs: 400, measurements: [SmallRuns.sharpness])
    let told = Mutex([(epochs: Int, accuracy: Double)]())
    let records = try await SmallRuns.execute(
      plan, in: folder.store,
      progress: { event in
        if case .trained(_, let epochs, let accuracy) = event {
          told.withLock { $0.append((epochs, accuracy)) }
        }
      })
    let training = try #require(records.first).results.training
    let epochs = told.withLock { $0 }
    #expect(epochs.map(\.epochs) == Array(1...training.epochs))
    #expect(epochs.last?.accuracy == 1)
    #expect(epochs.dropLast().allSatisfy { (0..<1).contains($0.accuracy) })
  }

  @Test("a run that lacks a measurement is executed again, and keeps the ones it has")
  func addedMeasurement() async throws {
    let first = SmallRuns.plan(attackSizes: [30], measurements: [SmallRuns.sharpness])
    let earlier = try #require(try await SmallRuns.execute(first, in: folder.store).first)
    let second = SmallRuns.plan(attackSizes: [30], measurements: SmallRuns.priors)
    let survey = try Survey(plan: second, data: SmallRuns.data(), store: folder.store)
    #expect(survey.items.map(\.state) == [.incomplete(missing: 2)])

    let later = try #require(try await SmallRuns.execute(second, in: folder.store).first)
    #expect(later.key == earlier.key)
    #expect(later.results.training == earlier.results.training)
    let all = [SmallRuns.sharpness] + SmallRuns.priors
    #expect(Set(later.results.measurements.keys) == Set(all.map(\.identity)))
    let sharpness = SmallRuns.sharpness.identity
    #expect(later.results.measurements[sharpness] == earlier.results.measurements[sharpness])
    #expect(
      later.provenance.secondsByMeasurement[sharpness] == earlier.provenance.secondsByMeasurement[sharpness])
    // One worker: no processor can take longer than the wall's clock, but for the clocks' own steps.
    #expect(earlier.provenance.processorSecondsByMeasurement?[sharpness] != nil)
    let taken = try #require(later.provenance.processorSeconds)
    #expect(taken > 0 && taken <= later.provenance.seconds + 1e-3)
    let whole = SmallRuns.plan(attackSizes: [30])
    #expect(try Survey(plan: whole, data: SmallRuns.data(), store: folder.store).pending.isEmpty)
  }

  private static func timeline(every: Int) -> MeasurementSpec {
    .timeline(
      TimelineSettings(epochsPast: 4, every: every, rescaling: nil, measurements: SmallRuns.followed))
  }

  @Test(
    "a run of which one timeline is stored is trained for the other alone, and tells the parts that are planned"
  )
  func addedTimeline() async throws {
    func plan(_ measurements: [MeasurementSpec]) -> Plan {
      SmallRuns.plan(
        attackSizes: [0], epochs: 400, optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.05, batch: 16),
        measurements: measurements)
    }
    let earlier = try #require(
      try await SmallRuns.execute(plan([Self.timeline(every: 4)]), in: folder.store).first)
    let second = plan([4, 2, 3].map(Self.timeline))
    let told = Mutex<[RunPart]>([])
    let later = try #require(
      try await SmallRuns.execute(
        second, in: folder.store,
        progress: { event in
          if case .advanced(_, let part, share: 0) = event { told.withLock { $0.append(part) } }
        }
      ).first)
    let parts = [2, 3].flatMap { [RunPart.training, .measurement(Self.timeline(every: $0).identity)] }
    #expect(told.withLock { $0 } == parts)
    #expect(later.results.training == earlier.results.training)
    #expect(later.results.measurements.count == 3)
    let identity = Self.timeline(every: 4).identity
    #expect(later.results.measurements[identity] == earlier.results.measurements[identity])
  }

  @Test("what is stored of another course of the training is measured again")
  func otherCourse() async throws {
    let first = SmallRuns.plan(attackSizes: [30], measurements: [SmallRuns.sharpness])
    let record = try #require(try await SmallRuns.execute(first, in: folder.store).first)
    let found = record.results.training
    // As another library might have trained it.
    let other = TrainingResult(
      status: found.status, epochs: found.epochs + 1, lossOnTrain: found.lossOnTrain,
      trainAccuracy: found.trainAccuracy, attackAccuracy: found.attackAccuracy,
      testAccuracy: found.testAccuracy, function: found.function, parameterNorm: found.parameterNorm)
    let measured = [SmallRuns.sharpness.identity: MeasurementResult.failed(reason: "of the other course")]
    _ = try folder.store.write(
      RunRecord(
        spec: record.spec, dataDigest: record.dataDigest, dataSummary: record.dataSummary,
        results: RunResult(training: other, measurements: measured), provenance: record.provenance))
    let whole = SmallRuns.plan(attackSizes: [30], measurements: [SmallRuns.sharpness] + SmallRuns.priors)
    let replaced = Mutex(0)
    let later = try #require(
      try await SmallRuns.execute(
        whole, in: folder.store,
        progress: { event in
          if case .replaced = event { replaced.withLock { $0 += 1 } }
        }
      ).first)
    #expect(replaced.withLock { $0 } == 1)
    #expect(later.results.training == found)
    let sharpness = SmallRuns.sharpness.identity
    #expect(later.results.measurements[sharpness] == record.results.measurements[sharpness])
    #expect(later.results.measurements.count == 1 + SmallRuns.priors.count)
  }

  @Test("of a training that diverged nothing is left to measure")
  func divergence() async throws {
    let plan = SmallRuns.plan(
      attackSizes: [0], optimiser: OptimiserSpec(rule: .sgd, learningRate: 1e30, batch: 32))
    let record = try #require(try await SmallRuns.execute(plan, in: folder.store).first)
    #expect(record.results.training.status == .failed)
    let item = try #require(
      try Survey(plan: plan, data: SmallRuns.data(), store: folder.store).items.first)
    #expect(item.state == .cached)
    #expect(!item.run.measurements.isEmpty && item.left.measurements.isEmpty)
  }

  @Test("a damaged record is set aside and its run executed again")
  func damage() async throws {
    let plan = SmallRuns.plan(epochs: 4)
    let before = try await SmallRuns.execute(plan, in: folder.store)
    let path = try #require(folder.files(endingIn: "\(before[1].key).json").first)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))

    let survey = try Survey(plan: plan, data: SmallRuns.data(), store: folder.store)
    guard case .damaged(let damage) = survey.items[1].state else {
      Issue.record("expected a damaged run, got \(survey.items[1].state)")
      return
    }
    #expect(damage.kind == .run && damage.reason == "it is cut short")
    #expect(FileManager.default.fileExists(atPath: damage.setAsideAt))
    #expect(survey.items[0].state == .cached)
    let after = try await SmallRuns.execute(plan, in: folder.store)
    #expect(after.map(Facts.init) == before.map(Facts.init))
    #expect(try Survey(plan: plan, data: SmallRuns.data(), store: folder.store).pending.isEmpty)
  }

  @Test("what is stored is not executed again, except for its weights")
  func cached() async throws {
    let plan = SmallRuns.plan(attackSizes: [0], epochs: 2, measurements: [])
    let started = Mutex(0)
    func execute(keepsWeights: Bool) async throws -> [RunRecord] {
      try await SmallRuns.execute(
        plan, in: folder.store, keepsWeights: keepsWeights,
        progress: { event in if case .started = event { started.withLock { $0 += 1 } } })
    }
    let first = try await execute(keepsWeights: false)
    #expect(try await execute(keepsWeights: false).map(Facts.init) == first.map(Facts.init))
    #expect(started.withLock { $0 } == 1)
    #expect(folder.files(endingIn: ".safetensors").isEmpty)
    #expect(try await execute(keepsWeights: true).map(Facts.init) == first.map(Facts.init))
    #expect(started.withLock { $0 } == 2)
    #expect(folder.files(endingIn: ".safetensors").count == 1)
    #expect(folder.files(endingIn: ".npy").count == 2)
    _ = try await execute(keepsWeights: true)
    #expect(started.withLock { $0 } == 2)
  }

  @Test("a store that cannot be written ends the call with the path")
  func unwritableStore() async throws {
    let file = folder.path + "/file"
    try Data("x".utf8).write(to: URL(fileURLWithPath: file))
    let plan = SmallRuns.plan(attackSizes: [0], epochs: 1, measurements: [])
    let error = await #expect(throws: StorageError.self) {
      _ = try await SmallRuns.execute(plan, in: RunStore(folder: file + "/store"))
    }
    #expect(error?.description.contains(file) == true)
    #expect(error?.description.contains("--store") == true)
  }
}
