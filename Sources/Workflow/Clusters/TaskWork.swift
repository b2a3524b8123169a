import Clusters
import Experiments
import Planning
import RunStorage
import Specifications

/// The items of a task, executed in their order of kinds: parts, samples and kernels, then runs.
struct TaskWork {
  let items: [WorkItem]
  let request: Manifest.Request
  let engine: EngineChoice
  let jobs: Int
  let places: WorkPlaces
  let underWay: UnderWay
  let isCancelled: @Sendable () -> Bool
  let tell: @Sendable (WorkEvent) -> Void

  /// Executes the items; gives why some failed, by name.
  func execute() async throws -> [String: String] {
    var failures: [String: String] = [:]
    for item in items where item.kind != .run && !isCancelled() {
      underWay.begin(item.name)
      defer { underWay.end(item.name) }
      do {
        try await workload([item]).make(item, isCancelled: isCancelled, tell: tell)
      } catch  where !(error is TaskJob.OtherPlan) {
        // What was stopped has not failed.
        if !isCancelled() { failures[item.name] = "\(error)" }
      }
    }
    let runs = items.filter { $0.kind == .run }
    if !runs.isEmpty, !isCancelled() { failures.merge(try await execute(runs)) { first, _ in first } }
    return failures
  }

  /// All runs in one call, which share images and kernels; where that fails, one by one, to know which it is.
  private func execute(_ runs: [WorkItem]) async throws -> [String: String] {
    let workload = try workload(runs)
    // Nobody else can: what sends the work may be on a machine without a GPU.
    if engine.isForGPU { try? workload.learnRates() }
    do {
      try await workload.execute(
        residualRates: .keptOrCounted, isCancelled: isCancelled, tell: noting(workload))
      return [:]
    } catch  where isCancelled() {
      return [:]
    } catch  where error is StorageError || runs.count == 1 {
      // What cannot be stored now will not be for another run.
      return Dictionary(
        runs.filter { !isStored($0) }.map { ($0.name, "\(error)") }, uniquingKeysWith: { first, _ in first })
    } catch {
      var failures: [String: String] = [:]
      for run in runs where !isStored(run) && !isCancelled() {
        failures.merge(try await execute([run])) { first, _ in first }
      }
      return failures
    }
  }

  private func isStored(_ run: WorkItem) -> Bool {
    RunGlance(run.key, inStore: request.store).map { $0.isWhole(run) } ?? false
  }

  /// Passes events on, and keeps the file of what is under way.
  private func noting(_ workload: Workload) -> @Sendable (WorkEvent) -> Void {
    let names = Dictionary(
      workload.survey.items.map { ($0.run.training, WorkItem.name(.run, $0.key)) },
      uniquingKeysWith: { first, _ in first })
    return { [underWay, tell] event in
      switch event {
      case .execution(.started(let spec)): if let name = names[spec] { underWay.begin(name) }
      case .execution(.finished(let spec, _, _)): if let name = names[spec] { underWay.end(name) }
      default: break
      }
      tell(event)
    }
  }

  /// The workload of these items, and nothing else.
  private func workload(_ items: [WorkItem]) throws -> Workload {
    let ofSamples = items.filter { [.sample, .samplePart].contains($0.kind) }
    let ofRuns = items.filter { ![.sample, .samplePart].contains($0.kind) }
    guard let profile = Profile(rawValue: request.profile) else {
      throw Submission.Unreadable(path: "submission.json", reason: "there is no profile '\(request.profile)'")
    }
    let workload = try Workload(
      WorkRequest(
        profile: profile, chosenFigures: request.figures, seed: request.seed, store: request.store,
        jobs: jobs, engine: engine),
      in: places,
      only: .positions(runs: Set(ofRuns.map(\.position)), samples: Set(ofSamples.map(\.position))), tell: tell
    )
    for item in items where try !workload.plans(item) { throw TaskJob.OtherPlan(item: item) }
    return workload
  }
}

extension EngineChoice {
  /// What a task uses: the GPU that the cluster gave it, which it sees as the first; else the processor, whatever GPU its
  /// node has for others.
  init(
    ofTask resources: ResourceClass, in request: Manifest.Request
  ) throws(Submission.Unreadable) {
    let kind = request.engine.map { Kind(rawValue: $0) }
    if case .some(.none) = kind {
      throw Submission.Unreadable(
        path: "submission.json", reason: "there is no engine '\(request.engine ?? "")'")
    }
    switch resources {
    case .gpu: self.init(kind: .torch, device: "cuda:0")
    case .core, .node: self.init(kind: request.isForGPU ? .onednn : kind ?? .onednn, device: "cpu")
    }
  }
}
