import FunctionPriors
import LinearAlgebra
package import NeuralNetworks
package import Planning
package import RunStorage
package import Specifications

/// How long a run will take on this machine, in seconds on one core; of a run that takes all cores, in
/// seconds times cores.
///
/// If a similar run is stored (the same data sizes, network, optimiser and measurements), the time of the one
/// nearest in |A| is taken. A training that reached zero error is no measure of one that runs to its cap.
/// Otherwise the work is counted by its family (``FamilyCosts``) and divided by rates measured here and now,
/// with the number of epochs that `costs.yml` has for such trainings.
package struct CostModel: Sendable {
  private let known: [RunRecord]
  private let knownSamples: [FunctionSampleRecord]
  private let findings: CostFindings
  private let fullyConnected: FullyConnectedCosts
  private let residual: ResidualCosts

  /// Costs from the times of stored records, the epochs known for such runs, and this machine's speed.
  ///
  /// - Parameter engines: makes the engine of residual networks.
  package init(
    known: [RunRecord], knownSamples: [FunctionSampleRecord] = [], findings: CostFindings,
    engines: any EngineFactory, rates: ComputingRates = .measured()
  ) {
    self.known = known
    self.knownSamples = knownSamples
    self.findings = findings
    fullyConnected = FullyConnectedCosts(findings: findings, rates: rates)
    residual = ResidualCosts(engines: engines, factorisations: fullyConnected)
  }

  private func costs(_ kind: NetworkSpec.Kind) -> any FamilyCosts {
    switch kind {
    case .fcn: fullyConnected
    case .resnet50: residual
    }
  }

  /// The expected time of `run`.
  package func seconds(_ run: PlannedRun) -> Double {
    let costs = costs(run.training.network.kind)
    let similar = known.filter { record in
      var spec = record.spec
      spec.attackSize = run.training.attackSize
      spec.sample = run.training.sample
      spec.seed = run.training.seed
      return spec == run.training
    }
    func nearest(_ records: [RunRecord]) -> RunRecord? {
      records.min {
        abs($0.spec.attackSize - run.training.attackSize) < abs($1.spec.attackSize - run.training.attackSize)
      }
    }
    let trained = similar.filter { findings.goesToItsCap($0.spec) == findings.goesToItsCap(run.training) }
    let training =
      nearest(trained)?.provenance.secondsOfTraining
      ?? costs.seconds(ofEpochs: findings.epochs(run.training), run.training)
    let measured = nearest(similar)
    let all = run.measurements.reduce(training) { sum, measurement in
      sum
        + (measured?.provenance.secondsByMeasurement[measurement.identity]
          ?? seconds(measurement, run, costs))
    }
    return all * Double(costs.cores)
  }

  private func seconds(_ spec: MeasurementSpec, _ run: PlannedRun, _ costs: any FamilyCosts) -> Double {
    switch spec {
    case .network(let measurement, _): return costs.seconds(measurement, run.training)
    case .state(let epochs):
      // Only the epochs since the previous state: the earlier ones are already counted.
      let earlier = run.measurements.compactMap { other -> Int? in
        if case .state(let past) = other, past < epochs { past } else { nil }
      }
      return costs.seconds(ofEpochs: Double(epochs - (earlier.max() ?? 0)), run.training)
    case .timeline(let settings):
      var plain = run.training
      plain.attackSize = 0
      // As many epochs again before zero error as a run without an attack set needs.
      let epochs = Double(settings.epochsPast) + findings.epochs(plain)
      let points = epochs / Double(settings.every)
      return costs.seconds(ofEpochs: epochs, run.training)
        + points * settings.measurements.reduce(0) { $0 + costs.seconds($1, run.training) }
    }
  }

  /// The expected time of the Monte-Carlo kernels of `runs`, each counted once and as if nothing of it were
  /// stored.
  package func secondsOfKernels(_ runs: [PlannedRun]) -> Double {
    var seen: Set<MonteCarloKernelIdentity> = []
    return runs.reduce(0) { sum, run in
      run.measurements.flatMap(\.priors).reduce(sum) { sum, settings in
        guard settings.kernel == .monteCarlo else { return sum }
        let identity = MonteCarloKernelIdentity(
          training: run.training, dataDigest: "", settings: settings)
        guard seen.insert(identity).inserted else { return sum }
        return sum + residual.kernel(settings, run.training) * Double(residual.cores)
      }
    }
  }

  /// The expected time of a sample of functions: from a stored sample of the same networks, or from a
  /// measurement here (about 10 ms).
  package func seconds(_ sample: FunctionSampleSpec) -> Double {
    let alike = knownSamples.first {
      $0.spec.network == sample.network && $0.spec.variables == sample.variables
        && $0.provenance.samplesDrawn >= 10_000
    }
    if let alike {
      let provenance = alike.provenance
      return Double(sample.samples)
        * (provenance.secondsOfDrawing / Double(provenance.samplesDrawn)
          + provenance.secondsOfCounting / Double(alike.spec.samples))
    }
    let sampler = FunctionSampler(
      BooleanNetworkEnsemble(sample), key: FunctionSampleExecution.key(seed: sample.seed))
    var (count, time) = (1, 0.0)
    repeat {
      count *= 2
      time = ContinuousClock().measure { _ = sampler.functions(0..<count) }.seconds
    } while time < 0.005
    return time / Double(count) * Double(sample.samples)
  }
}
