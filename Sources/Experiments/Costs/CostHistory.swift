package import RunStorage

/// What work of each class took on one machine, beside what the cost model counts for it.
package struct CostHistory: Sendable, Equatable {
  private var entries: [WorkClass: CostStore.Times]

  package init(_ entries: [WorkClass: CostStore.Times] = [:]) { self.entries = entries }

  /// The history that `store` holds.
  ///
  /// - Parameter onDamage: called with a file that was set aside.
  package init(_ store: CostStore, onDamage: (DamagedFile) -> Void = { _ in }) {
    self.init(
      Dictionary(
        store.read(onDamage: onDamage).compactMap { name, times in WorkClass(name: name).map { ($0, times) }
        },
        uniquingKeysWith: { first, _ in first }))
  }

  /// Writes the history to `store`.
  package func write(to store: CostStore) {
    store.write(
      Dictionary(entries.map { ($0.key.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
  }

  /// Whether nothing is known.
  package var isEmpty: Bool { entries.isEmpty }

  /// Adds work that took `taken` seconds, for which the model counts `counted`.
  package mutating func add(_ workClass: WorkClass, counted: Double, taken: Double) {
    guard counted > 0, counted.isFinite, taken.isFinite else { return }
    entries[workClass, default: CostStore.Times(counted: 0, taken: 0)].counted += counted
    entries[workClass, default: CostStore.Times(counted: 0, taken: 0)].taken += taken
  }

  /// This history followed by a `later` one. The earlier counts by half, so that a machine's last calls say
  /// the most.
  package func followed(by later: CostHistory) -> CostHistory {
    CostHistory(
      entries.merging(later.entries) {
        CostStore.Times(counted: $0.counted / 2 + $1.counted, taken: $0.taken / 2 + $1.taken)
      })
  }

  /// What GPUs did, whatever machine they are in.
  package var ofGPUs: CostHistory { CostHistory(entries.filter(\.key.isOfGPU)) }

  /// What the machine itself did.
  package var ofMachine: CostHistory { CostHistory(entries.filter { !$0.key.isOfGPU }) }

  /// This history with the classes of another one that it lacks.
  package func adding(_ other: CostHistory) -> CostHistory {
    CostHistory(entries.merging(other.entries) { own, _ in own })
  }

  /// The factor from counted to taken seconds of a class.
  ///
  /// What other sizes of the same kind took says it before a `prior` factor does, which counts as much as a
  /// second that was counted.
  func factor(_ workClass: WorkClass, prior: Double?) -> Double {
    guard let entry = entries[workClass] else { return ofKind(workClass) ?? prior ?? 1 }
    return ((prior ?? 1) + entry.taken) / (1 + entry.counted)
  }

  /// The seconds that were taken for each that was counted; nil where none was.
  func ratio(_ workClass: WorkClass) -> Double? { entries[workClass].map { $0.taken / $0.counted } }

  private func ofKind(_ workClass: WorkClass) -> Double? {
    let alike = entries.filter { $0.key.kind == workClass.kind && $0.key.engine == workClass.engine }
      .map(\.value)
    let counted = alike.reduce(0) { $0 + $1.counted }
    return counted > 0 ? alike.reduce(0) { $0 + $1.taken } / counted : nil
  }
}
