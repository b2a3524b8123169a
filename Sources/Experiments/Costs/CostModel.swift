import FunctionPriors
import LinearAlgebra
package import NeuralNetworks
package import Planning
import RunStorage
package import Specifications

/// How long the work of a report will take on this machine, in seconds of wall time.
///
/// The flops of a piece of work are divided by rates measured here and now; the epochs of a training are those
/// that `costs.yml` has for such trainings. A factor for the class of the work then says what the flops leave
/// out: from what this machine took for it in earlier calls (``CostHistory``) or, until it has done any, from
/// `costs.yml`.
package struct CostModel: Sendable {
  /// How many runs are executed at once.
  package private(set) var jobs: Int
  private let findings: CostFindings
  /// The factors of `costs.yml`.
  private let found: [WorkClass: Double]
  /// The same, by their subject.
  private let alike: [WorkClass: [(key: WorkClass, value: Double)]]
  private let history: CostHistory
  private let fullyConnected: FullyConnectedCosts
  private var residual: ResidualCosts

  /// - Parameters:
  ///   - history: what work took on this machine.
  ///   - engines: makes the engine of residual networks.
  ///   - residualRates: where their speed is taken from.
  package init(
    findings: CostFindings, history: CostHistory = CostHistory(), jobs: Int, engines: any EngineFactory,
    residualRates: ResidualRateSource = .measured, rates: ComputingRates? = nil
  ) {
    self.jobs = jobs
    self.findings = findings
    found = Dictionary(
      findings.factors.compactMap { name, factor in WorkClass(name: name).map { ($0, factor) } },
      uniquingKeysWith: { first, _ in first })
    alike = Dictionary(grouping: found, by: \.key.subject)
    self.history = history
    fullyConnected = FullyConnectedCosts(rates: rates ?? .measured(threads: jobs))
    residual = ResidualCosts(
      engines: engines, factorisations: fullyConnected, source: residualRates, history: history)
  }

  /// This model for another number of runs at once; nothing is measured again.
  package func with(jobs: Int) -> CostModel {
    var model = self
    model.jobs = jobs
    return model
  }

  /// This model where a GPU, perhaps of another machine, carries out ResNet-50; nothing is measured.
  package func onGPU() -> CostModel {
    var model = self
    model.residual = ResidualCosts(
      engines: PlannedGPU(), factorisations: fullyConnected, source: .keptOrCounted, history: history)
    return model
  }

  /// Measures the speed of ResNet-50, if it is not known.
  package func learnRates() { _ = residual.rates }

  /// Whether the speed of ResNet-50 was measured, now or by an earlier call, and is not counted in flops.
  package var hasMeasuredRates: Bool { residual.isMeasured }

  /// The speed of ResNet-50 that was measured for this model, for the next call; nothing where it was not.
  package var measuredRates: CostHistory { residual.history }

  /// The factor from what the flops say of a class of work to the seconds that it is expected to take.
  private func factor(_ workClass: WorkClass) -> Double {
    history.factor(workClass, prior: found[workClass] ?? ofNearestSize(workClass))
  }

  /// The factor of `costs.yml` for the nearest size, by ratio, of work that is like it.
  private func ofNearestSize(_ workClass: WorkClass) -> Double? {
    func distance(_ other: WorkClass) -> Double {
      let sizes = [workClass.size, other.size].map { Double(max($0, 1)) }
      return max(sizes[0] / sizes[1], sizes[1] / sizes[0])
    }
    return alike[workClass.subject]?
      .min { (distance($0.key), $0.key.size) < (distance($1.key), $1.key.size) }?.value
  }

  private func cost(_ workClass: WorkClass, _ counted: Double) -> WorkCost {
    WorkCost(workClass, counted: counted, factor: factor(workClass))
  }

  private func costs(_ kind: NetworkSpec.Kind) -> any FamilyCosts {
    switch kind {
    case .fcn: fullyConnected
    case .resnet50: residual
    }
  }

  /// The parts of `run`, in the order of their execution: for each of its steps the training, and then what is
  /// measured.
  package func parts(_ run: PlannedRun) -> [PartCost] {
    let costs = costs(run.training.network.kind)
    let epochs = findings.epochs(run.training)
    let training = PartCost(
      part: .training,
      cost: cost(
        .training(run.training).by(costs.engine), costs.seconds(ofEpochs: epochs, run.training)),
      epochs: epochs)
    return run.steps.flatMap { step in
      [training]
        + step.measurements.sorted { ($0.epochsPast ?? 0) < ($1.epochsPast ?? 0) }.map { measurement in
          PartCost(
            part: .measurement(measurement.identity), cost: self.cost(measurement, run.training, step, costs))
        }
    }
  }

  private func cost(
    _ spec: MeasurementSpec, _ training: TrainingSpec, _ step: PlannedRun, _ costs: any FamilyCosts
  ) -> WorkCost {
    switch spec {
    case .network(let measurement, _):
      // A prior needs no engine.
      let engine = measurement.process == nil ? costs.engine : nil
      // Counted with the kernels, once for all networks.
      let counted = measurement.isOfDataAlone ? 0 : costs.seconds(measurement, training)
      return cost(.measurement(measurement, training).by(engine), counted)
    case .state(let epochs):
      // Only the epochs since the previous state: the earlier ones are already counted.
      let earlier = step.measurements.compactMap { other -> Int? in
        if case .state(let past) = other, past < epochs { past } else { nil }
      }
      return cost(
        .training(training).by(costs.engine),
        costs.seconds(ofEpochs: Double(epochs - (earlier.max() ?? 0)), training))
    case .timeline(let settings):
      var plain = training
      plain.attackSize = 0
      // As many epochs again before zero error as a run without an attack set needs.
      let epochs = Double(settings.epochsPast) + findings.epochs(plain)
      let points = epochs / Double(settings.every)
      let measured = settings.measurements.map { points * costs.seconds($0, training) }
      let priors = zip(settings.measurements, measured).filter { $0.0.prior != nil }.map(\.1)
      // The points of a block are measured by all workers, but each kind of prior by one of them.
      return cost(
        .timeline(settings, training).by(costs.engine),
        costs.seconds(ofEpochs: epochs, training)
          + max(measured.reduce(0, +) / Double(jobs), priors.max() ?? 0))
    }
  }

  /// The kernels in closed form that `runs` need, their factorisations, and the marginal likelihoods by them.
  package func kernels(_ runs: [PlannedRun]) -> [WorkCost] {
    var seen: Set<DatasetSpec> = []
    return runs.filter { $0.measurements.contains { $0.priors.contains { $0.kernel == .nngp } } }.compactMap {
      run in
      let dataset = run.training.dataset
      guard seen.insert(dataset).inserted else { return nil }
      let points = dataset.train + dataset.test
      return cost(.kernel(points: points), fullyConnected.kernel(of: dataset))
    } + marginalLikelihoods(runs)
  }

  private func marginalLikelihoods(_ runs: [PlannedRun]) -> [WorkCost] {
    var seen: Set<WorkClass> = []
    return runs.flatMap { run in
      run.measurements.flatMap(\.parts).compactMap { measure in
        let workClass = WorkClass.measurement(measure, run.training)
        guard measure.isOfDataAlone, measure.process?.kernel == .nngp, seen.insert(workClass).inserted else {
          return nil
        }
        return cost(workClass, fullyConnected.seconds(measure, run.training))
      }
    }
  }

  /// The Monte-Carlo kernels of `runs`, each once and as if nothing of it were stored.
  package func monteCarloKernels(_ runs: [PlannedRun]) -> [WorkCost] {
    var seen: Set<MonteCarloKernelIdentity> = []
    return runs.flatMap { run in
      run.measurements.flatMap(\.priors).compactMap { settings in
        guard settings.kernel == .monteCarlo else { return nil }
        let identity = MonteCarloKernelIdentity(
          training: run.training, dataDigest: "", settings: settings)
        guard seen.insert(identity).inserted else { return nil }
        return cost(
          .monteCarloKernel(run.training).by(residual.engine), residual.kernel(settings, run.training))
      }
    }
  }

  /// A sample of functions, drawn by all workers; from a measurement here, of about 10 ms.
  package func sample(_ sample: FunctionSampleSpec) -> WorkCost {
    let sampler = FunctionSampler(
      BooleanNetworkEnsemble(sample), key: FunctionSampleExecution.key(seed: sample.seed))
    var (count, time) = (1, 0.0)
    repeat {
      count *= 2
      time = ContinuousClock().measure { _ = sampler.functions(0..<count) }.seconds
    } while time < 0.005
    return cost(.sample(sample), time / Double(count) * Double(sample.samples) / Double(jobs))
  }

  /// Drawing so many figures and writing their report.
  package func report(figures: Int) -> WorkCost { cost(.report(figures: figures), 0.1 * Double(figures)) }
}
