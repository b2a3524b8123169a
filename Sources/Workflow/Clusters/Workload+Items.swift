import Clusters
import Experiments
import FunctionPriors
import Planning
import RunStorage
import Specifications

extension Workload {
  /// What is known of a machine whose work is planned here.
  struct NodeFacts {
    /// The cores of a node.
    let cores: Int
    /// How long a task should take at least, in seconds.
    let taskSeconds: Double
    /// Whether residual networks are for GPUs.
    let hasGPUs: Bool
  }
  /// A piece of work with what is stored of it.
  struct PlannedItem {
    /// As a plan tells it.
    enum State: String { case stored, incomplete, missing, damaged }
    let item: WorkItem
    let state: State
  }

  /// All work of the plan as items, in the order in which it is done: samples and kernels, then the runs.
  ///
  /// Parts are given of what is missing. Times are those of this machine; what takes a whole node is counted with
  /// this machine's cores, and what takes a GPU with one that an earlier call measured, or that is counted.
  func items(_ costs: ClassCosts) throws -> [PlannedItem] {
    // The survey leaves out runs to functions that a sample did not find.
    let positions = Dictionary(
      uniqueKeysWithValues: plan.runs.enumerated().map { ($0.element.training, $0.offset) })
    let items = survey.items.compactMap { item in positions[item.run.training].map { (item, $0) } }
    let runs = try items.map { try planned($0, at: $1, costs) }
    let samples = survey.samples.enumerated().flatMap { planned($0.element, at: $0.offset, costs) }
    return samples + (try kernels(items, costs)) + runs
  }

  /// What work of each class of resources costs.
  struct ClassCosts {
    let core: CostModel
    let node: CostModel
    /// Nil where residual networks take a node.
    let gpu: CostModel?
    let taskSeconds: Double

    /// The class of residual networks, and their costs on it.
    var residual: (resources: ResourceClass, model: CostModel) { gpu.map { (.gpu, $0) } ?? (.node, node) }

    func model(_ resources: ResourceClass) -> CostModel {
      switch resources {
      case .core: core
      case .node: node
      case .gpu: gpu ?? node
      }
    }

    /// Some equal parts of `count`, each a multiple of `block` but the last, that take about a task's time where
    /// the whole takes `seconds`; none where the whole is no more than one.
    func parts(of count: Int, block: Int, seconds: Double) -> [Range<Int>] {
      let parts = max(1, Int((seconds / taskSeconds).rounded(.up)))
      let blocks = (count + block - 1) / block
      let size = max(1, (blocks + parts - 1) / parts) * block
      guard size < count else { return [] }
      return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    }
  }

  /// The costs of work that is planned here.
  func costs(of node: NodeFacts, _ tell: (WorkEvent) -> Void = { _ in }) -> ClassCosts {
    // A task is given a GPU as such, and never the one that its node has beside.
    let model = costs(residualRates: .keptOrCounted, engines: EngineChoice.onProcessor, tell)
    let cores = ResourceClass.gpu.cores(ofNode: node.cores)
    return ClassCosts(
      core: model.with(jobs: 1), node: model.with(jobs: node.cores),
      gpu: node.hasGPUs ? model.with(jobs: cores).onGPU() : nil, taskSeconds: node.taskSeconds)
  }

  // MARK: Samples

  private func planned(_ sample: Survey.SampleItem, at position: Int, _ costs: ClassCosts) -> [PlannedItem] {
    let spec = sample.sample.spec
    let label = "sample of \(spec.samples) networks of \(spec.variables) Boolean variables"
    func item(_ kind: WorkItem.Kind, part: Range<Int>? = nil, seconds: Double) -> WorkItem {
      WorkItem(
        kind: kind, key: sample.key, position: position, part: part, resources: .core, seconds: seconds,
        megabytes: MemoryModel.megabytesOfSample, label: label)
    }
    guard sample.state != .cached else {
      return [PlannedItem(item: item(.sample, seconds: 0), state: .stored)]
    }
    let seconds = costs.core.sample(spec).seconds
    let parts = costs.parts(
      of: spec.samples, block: Runner.samplesOfBlock, seconds: seconds)
    let drawn = parts.map {
      item(.samplePart, part: $0, seconds: seconds * Double($0.count) / Double(spec.samples))
    }
    // Counting takes about a tenth of the time of drawing.
    let whole = item(.sample, seconds: 0.1 * seconds + (drawn.isEmpty ? seconds : 0))
    return (drawn + [whole]).map { PlannedItem(item: $0, state: .missing) }
  }

  // MARK: Kernels

  private func kernels(_ runs: [(Survey.Item, position: Int)], _ costs: ClassCosts) throws -> [PlannedItem] {
    var seen: Set<ContentKey> = []
    var items: [PlannedItem] = []
    for (item, position) in runs where item.state != .cached {
      for (key, settings) in try monteCarloKernels(item.left) where seen.insert(key).inserted {
        let training = item.run.training
        let points = training.dataset.train + training.dataset.test
        let count = settings.initialisations(points: points) ?? 0
        let label = "Monte-Carlo kernel over \(points) images of \(training.dataset.name)"
        let (resources, model) = costs.residual
        let megabytes = MemoryModel.megabytes(monteCarloKernelOf: item.run, onGPU: resources == .gpu)
        func planned(
          _ kind: WorkItem.Kind, _ part: Range<Int>? = nil, _ seconds: Double,
          _ state: PlannedItem.State = .missing
        ) -> PlannedItem {
          PlannedItem(
            item: WorkItem(
              kind: kind, key: key, position: position, part: part, resources: resources, seconds: seconds,
              megabytes: megabytes, label: label),
            state: state)
        }
        guard !isStored(key) else {
          items.append(planned(.kernel, nil, 0, .stored))
          continue
        }
        let seconds = model.monteCarloKernels([item.run]).reduce(0) { $0 + $1.seconds }
        let parts = costs.parts(of: count, block: Runner.initialisationsOfBlock, seconds: seconds)
        items += parts.map { planned(.kernelPart, $0, seconds * Double($0.count) / Double(count)) }
        items.append(planned(.kernel, nil, parts.isEmpty ? seconds : 1))
      }
    }
    return items
  }

  private func isStored(_ kernel: ContentKey) -> Bool {
    StoredProgress(store: request.store).holds(.kernel, kernel)
  }

  /// The Monte-Carlo kernels that a run needs.
  func monteCarloKernels(_ run: PlannedRun) throws -> [(key: ContentKey, settings: PriorSettings)] {
    try run.measurements.flatMap(\.priors).filter { $0.kernel == .monteCarlo }.map { settings in
      let identity = MonteCarloKernelIdentity(
        training: run.training, dataDigest: try data.digest(run.training), settings: settings)
      return (try identity.key(), settings)
    }
  }

  // MARK: Runs

  private func planned(_ item: Survey.Item, at position: Int, _ costs: ClassCosts) throws -> PlannedItem {
    let run = item.state == .cached ? item.run : item.left
    // The rates of networks that take the whole machine are measured once, and that takes seconds.
    let onCore = run.lane == .wholeMachine ? .infinity : seconds(run, costs.core)
    let resources = resources(run, secondsOnCore: onCore, costs)
    let state: PlannedItem.State =
      switch item.state {
      case .cached: .stored
      case .incomplete: .incomplete
      case .missing: .missing
      case .damaged: .damaged
      }
    var needs = try monteCarloKernels(run).map(\.key).first { !isStored($0) }
    if let target = run.training.target,
      survey.samples.contains(where: { $0.sample.spec == target && $0.record == nil })
    {
      needs = try FunctionSampleIdentity(spec: target).key()
    }
    return PlannedItem(
      item: WorkItem(
        kind: .run, key: item.key, position: position, needs: item.state == .cached ? nil : needs,
        resources: resources,
        seconds: item.state == .cached
          ? 0 : resources == .core ? onCore : seconds(run, costs.model(resources)),
        megabytes: MemoryModel.megabytes(run, onGPU: resources == .gpu),
        measurements: item.run.measurements.map(\.identity).sorted(),
        label: Self.label(run.training)),
      state: state)
  }

  /// A whole node for what takes all of its cores and too long, or too much memory, on one: networks that do so
  /// always, where they are not for GPUs, kernels of many points, and timelines that take longer than a task.
  private func resources(_ run: PlannedRun, secondsOnCore: Double, _ costs: ClassCosts) -> ResourceClass {
    let points = run.training.dataset.train + run.training.dataset.test
    let hasLargePrior =
      points >= ExpectationPropagationWorkspace.largeCount && run.measurements.contains { !$0.priors.isEmpty }
    switch run.lane {
    case .wholeMachine: return costs.residual.resources
    case .allWorkers: return secondsOnCore > costs.taskSeconds || hasLargePrior ? .node : .core
    case .oneWorker: return hasLargePrior ? .node : .core
    }
  }

  private func seconds(_ run: PlannedRun, _ costs: CostModel) -> Double {
    let points = run.training.dataset.train + run.training.dataset.test
    // Small kernels are shared by the runs of a task; a task of a large one has it for itself.
    let kernels = points >= ExpectationPropagationWorkspace.largeCount ? costs.kernels([run]) : []
    return (kernels + costs.parts(run).map(\.cost)).reduce(0) { $0 + $1.seconds }
  }

  private static func label(_ spec: TrainingSpec) -> String {
    let which =
      spec.target == nil ? "|A| = \(spec.attackSize), sample \(spec.sample)" : "rank \(spec.sample + 1)"
    return "\(spec.network.kind.rawValue) \(spec.dataset.name) \(spec.optimiser.name), \(which)"
  }
}
