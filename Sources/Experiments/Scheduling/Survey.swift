package import Planning
package import RunStorage
import Specifications

/// The parts of a plan that the store holds already.
package struct Survey: Sendable {
  /// One planned run and its stored part.
  package struct Item: Sendable {
    /// What was planned.
    package let run: PlannedRun
    /// The content hash under which the run is stored.
    package let key: ContentKey
    /// How much of it is stored.
    package let state: State
    /// The stored record, where there is one that can be read.
    package let record: RunRecord?

    /// The run with the measurements that are to be made: those that are not stored, and none of a training that
    /// diverged.
    package var left: PlannedRun {
      guard let record else { return run }
      var left = run
      left.measurements.removeAll { !record.misses($0) }
      return left
    }
  }
  /// How much of a run is stored.
  package enum State: Sendable, Equatable {
    case cached
    /// Stored, but without these measurements: the run is trained again and they are added.
    case incomplete(missing: Int)
    case missing
    /// The stored file was damaged; it has been set aside, and the run is missing.
    case damaged(DamagedFile)
  }
  /// One planned sample of functions and its stored part.
  package struct SampleItem: Sendable {
    /// What was planned.
    package let sample: PlannedSample
    /// The content hash under which it is stored.
    package let key: ContentKey
    /// ``State/cached``, ``State/missing`` or ``State/damaged(_:)``.
    package let state: State
    /// The stored record, where there is one that can be read.
    package let record: FunctionSampleRecord?
  }
  /// In the plan's order.
  package let items: [Item]
  /// The samples of functions, in the plan's order.
  package let samples: [SampleItem]

  /// The samples that must be drawn.
  package var pendingSamples: [SampleItem] { samples.filter { $0.state != .cached } }

  /// The runs that must be executed.
  package var pending: [Item] { items.filter { $0.state != .cached } }

  /// Whether nothing is left to do.
  package var isAllStored: Bool { pending.isEmpty && pendingSamples.isEmpty }

  /// Looks every run of the plan up in the store.
  ///
  /// - Throws: `StorageError` when the store cannot be read.
  package init(plan: Plan, data: DataCatalogue, store: RunStore) throws {
    let sampleStore = FunctionSampleStore(folder: store.folder)
    samples = try plan.samples.map { sample in
      let key = try FunctionSampleIdentity(spec: sample.spec).key()
      switch try sampleStore.read(key) {
      case .missing: return SampleItem(sample: sample, key: key, state: .missing, record: nil)
      case .damaged(let damage):
        return SampleItem(sample: sample, key: key, state: .damaged(damage), record: nil)
      case .found(let record): return SampleItem(sample: sample, key: key, state: .cached, record: record)
      }
    }
    let data = data.adding(samples.compactMap(\.record))
    // A sample may have found fewer functions than runs were planned for.
    items = try plan.runs.filter { data.hasData($0.training) }.map { run in
      try Item(
        run: run, key: RunIdentity(spec: run.training, dataDigest: data.digest(run.training)).key(), in: store
      )
    }
  }

  init(items: [Item], samples: [SampleItem]) {
    self.items = items
    self.samples = samples
  }

  /// The part of this survey that a smaller plan asks for, without another look at the store.
  ///
  /// - Parameter plan: of runs and samples of this survey's plan.
  package func narrowed(to plan: Plan) -> Survey {
    let known = Dictionary(items.map { ($0.run.training, $0) }, uniquingKeysWith: { first, _ in first })
    let items = plan.runs.compactMap { run in
      known[run.training].map { item in
        Item(
          run: run, key: item.key, state: item.record.map { State(run, $0) } ?? item.state,
          record: item.record)
      }
    }
    let drawn = Set(plan.samples.map(\.spec))
    return Survey(items: items, samples: samples.filter { drawn.contains($0.sample.spec) })
  }
}

extension Survey.Item {
  /// The run with what is stored under `key` now.
  fileprivate init(
    run: PlannedRun, key: ContentKey, in store: RunStore, afresh: Bool = false
  ) throws(StorageError) {
    switch try store.read(key, afresh: afresh) {
    case .missing: self.init(run: run, key: key, state: .missing, record: nil)
    case .damaged(let damage): self.init(run: run, key: key, state: .damaged(damage), record: nil)
    case .found(let record): self.init(run: run, key: key, state: Survey.State(run, record), record: record)
    }
  }

  /// This run after another look at the store, where another machine may have stored it a moment ago.
  func surveyed(in store: RunStore) throws(StorageError) -> Survey.Item {
    try Survey.Item(run: run, key: key, in: store, afresh: true)
  }
}

extension Survey.State {
  /// How much of `run` its stored record holds.
  fileprivate init(_ run: PlannedRun, _ record: RunRecord) {
    let missing = run.measurements.count { record.misses($0) }
    self = missing == 0 ? .cached : .incomplete(missing: missing)
  }
}

extension RunRecord {
  /// Whether `measurement` is still to be made; nothing is measured of a training that diverged.
  func misses(_ measurement: MeasurementSpec) -> Bool {
    results.training.status != .failed && results.measurements[measurement.identity] == nil
  }
}
