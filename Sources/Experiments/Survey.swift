import Planning
import RunStorage

/// What the store already holds of a plan.
public struct Survey: Sendable {
  /// One planned run and what is stored of it.
  public struct Item: Sendable {
    /// What was planned.
    public let run: PlannedRun
    /// The content hash under which the run is stored.
    public let key: RunKey
    /// How much of it is stored.
    public let state: State
    /// The stored record, where there is one that can be read.
    public let record: RunRecord?
  }
  /// How much of a run is stored.
  public enum State: Sendable, Equatable {
    case cached
    /// Stored, but without these measurements: the run is trained again and they are added.
    case incomplete(missing: Int)
    case missing
    /// The stored file was damaged; it has been set aside, and the run is missing.
    case damaged(reason: String, setAsideAt: String)
  }
  /// In the plan's order.
  public let items: [Item]

  /// The runs that must be executed.
  public var pending: [Item] { items.filter { $0.state != .cached } }

  /// Looks every run of the plan up in the store.
  ///
  /// - Throws: `StorageError` when the store cannot be read.
  public init(plan: Plan, data: DataCatalogue, store: RunStore) throws {
    items = try plan.runs.map { run in
      let key = try RunIdentity(spec: run.training, dataDigest: data[run.training.dataset].digest).key()
      switch try store.read(key) {
      case .missing:
        return Item(run: run, key: key, state: .missing, record: nil)
      case .damaged(let damage):
        return Item(
          run: run, key: key, state: .damaged(reason: damage.reason, setAsideAt: damage.setAsideAt),
          record: nil)
      case .found(let record):
        let missing =
          record.results.training.status == .failed
          ? 0 : run.measurements.filter { record.results.measurements[$0.identity] == nil }.count
        return Item(
          run: run, key: key, state: missing == 0 ? .cached : .incomplete(missing: missing), record: record)
      }
    }
  }
}
