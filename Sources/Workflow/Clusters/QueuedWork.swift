import Clusters

/// The work of a store that waits or runs on a cluster.
struct QueuedWork {
  /// The names of its items.
  private(set) var names: Set<String> = []
  /// The jobs that execute it, and those that will write reports.
  private(set) var jobs: [(name: String, number: String)] = []

  init(store: String, queue: [Slurm.QueuedTask]) throws {
    let byName = Dictionary(grouping: queue, by: \.name)
    for submission in Submission.all(inStore: store) {
      let manifest = try submission.manifest()
      guard manifest.jobs.contains(where: { byName[$0.name] != nil }) else { continue }
      let arrays = Dictionary(
        try submission.list().arrays.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      for job in manifest.jobs {
        guard let tasks = byName[job.name] else { continue }
        jobs.append((job.name, tasks[0].job))
        guard let array = job.array.flatMap({ arrays[$0] }) else { continue }
        for task in tasks.compactMap(\.task) where array.tasks.indices.contains(task) {
          names.formUnion(array.tasks[task].map(\.name))
        }
      }
    }
  }
}
