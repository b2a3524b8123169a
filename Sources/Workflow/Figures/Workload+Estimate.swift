import Experiments
import LinearAlgebra
import NeuralNetworks
import Planning
import RunStorage
import Specifications

extension Workload {
  /// How long work takes on this machine, from what is known of it.
  ///
  /// - Parameters:
  ///   - residualRates: where the speed of residual networks is taken from.
  ///   - engines: what carries them out, where that is not this call's.
  ///   - tell: called with a file of costs that was set aside.
  func costs(
    residualRates: ResidualRateSource = .measured, engines: (any EngineFactory)? = nil,
    _ tell: (WorkEvent) -> Void = { _ in }
  ) -> CostModel {
    CostModel(
      findings: specs.costs,
      history: CostHistory(costStore, onDamage: { tell(.damagedFile($0)) }).ofMachine
        .adding(CostHistory(costStoreOfGPUs, onDamage: { tell(.damagedFile($0)) }).ofGPUs),
      jobs: request.jobs, engines: engines ?? (try? request.engine.factory()) ?? EngineChoice.onProcessor,
      residualRates: residualRates)
  }

  /// What work took on this machine.
  var costStore: CostStore { CostStore(folder: request.store, machine: Machine.description) }

  /// What work took on GPUs, whatever machine they were in: it is planned on one without.
  private var costStoreOfGPUs: CostStore { CostStore(folder: request.store, machine: "GPUs") }

  /// The pieces of the stages that are not done, in the order of their execution.
  ///
  /// - Parameters:
  ///   - again: runs that are stored and executed again, for their weights.
  ///   - writesReport: whether a report is written after each stage.
  func estimate(
    _ stages: [WorkStage], costs: @autoclosure () -> CostModel, again: Set<TrainingSpec> = [],
    writesReport: Bool = false
  ) -> WorkEstimate {
    // Without anything to do there is nothing to measure this machine's rates for.
    guard !again.isEmpty || stages.contains(where: \.isPending) else { return WorkEstimate() }
    let costs = costs()
    var estimate = WorkEstimate()
    var done: [TrainingSpec: Set<String>] = [:]
    var drawn: Set<FunctionSampleSpec> = []
    for (number, stage) in stages.enumerated() {
      for item in stage.survey.pendingSamples where drawn.insert(item.sample.spec).inserted {
        estimate.append(
          .init([.sample(item.sample.spec, costs.sample(item.sample.spec))]), stage: number)
      }
      let runs = stage.survey.items.compactMap { item -> PlannedRun? in
        let training = item.run.training
        var run = item.left
        run.measurements.removeAll { done[training]?.contains($0.identity) == true }
        let isTrained = done[training] != nil || item.record != nil && !again.contains(training)
        guard !isTrained || !run.measurements.isEmpty else { return nil }
        done[training, default: []].formUnion(run.measurements.map(\.identity))
        return run
      }
      let kernels = costs.kernels(runs)
      if !kernels.isEmpty { estimate.append(.init([.kernels(kernels)]), stage: number) }
      for lane in RunLane.allCases {
        let runs = runs.filter { $0.lane == lane }
        let averaged = costs.monteCarloKernels(runs)
        if !averaged.isEmpty { estimate.append(.init([.monteCarloKernels(averaged)]), stage: number) }
        estimate.append(
          .init(
            runs.map { .run($0.training, costs.parts($0)) }, atOnce: lane == .oneWorker ? request.jobs : 1),
          stage: number)
      }
      if writesReport {
        // The first page has the figures of its stage.
        let count = number == stages.count - 1 ? figures.count : firstFigures.count
        estimate.append(.init([.report(costs.report(figures: count))]), stage: number)
      }
    }
    return estimate
  }

  /// Keeps the speed of residual networks, where it was measured.
  func keepRates(_ costs: CostModel) { keep(costs.measuredRates) }

  /// Measures the speed of residual networks by this call's engine, unless an earlier call has, and keeps it.
  func learnRates() {
    let costs = costs(residualRates: .keptOrMeasured)
    costs.learnRates()
    keepRates(costs)
  }

  /// Keeps what work took in a call, for the next one.
  func keep(_ clock: WorkClock) { keep(clock.progress.history) }

  private func keep(_ history: CostHistory) {
    for (store, part) in [(costStore, history.ofMachine), (costStoreOfGPUs, history.ofGPUs)]
    where !part.isEmpty {
      CostHistory(store).followed(by: part).write(to: store)
    }
  }
}
