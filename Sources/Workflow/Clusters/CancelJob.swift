package import Clusters

/// Takes submissions back: what waits is not executed, what runs stops with its checkpoints written.
package struct CancelJob: Sendable {
  private let store: String
  private let id: String?
  private let slurm: Slurm

  /// - Parameter id: of the submission; nil for all of the store.
  package init(store: String, id: String?, slurm: Slurm = Slurm()) {
    self.store = store
    self.id = id
    self.slurm = slurm
  }

  /// There is no submission of this name.
  package struct Unknown: Error, CustomStringConvertible {
    let id: String
    let known: [String]

    package var description: String {
      known.isEmpty
        ? "there is no submission in this store; name another one with --store"
        : "there is no submission '\(id)'; there are \(known.joined(separator: ", "))"
    }
  }

  /// The ids of the submissions that had something to take back, with the numbers of their jobs.
  ///
  /// - Throws: ``Unknown``, `Slurm.Failure`, `Submission.Unreadable`, `StorageError`.
  package func execute() throws -> [(id: String, jobs: [String])] {
    let all = Submission.all(inStore: store)
    let chosen = all.filter { id == nil || $0.id == id }
    if chosen.isEmpty, id != nil || all.isEmpty { throw Unknown(id: id ?? "", known: all.map(\.id)) }
    let queue = try slurm.queue()
    return try chosen.compactMap { submission in
      var manifest = try submission.manifest()
      let names = Set(manifest.jobs.map(\.name))
      var jobs: [String] = []
      for task in queue where names.contains(task.name) && !jobs.contains(task.job) { jobs.append(task.job) }
      guard !jobs.isEmpty else { return nil }
      manifest.isCancelled = true
      try submission.write(manifest)
      try slurm.cancel(jobs)
      return (submission.id, jobs)
    }
  }
}
