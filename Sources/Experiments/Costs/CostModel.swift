import Datasets
import FunctionPriors
import LinearAlgebra
import Planning
import RunStorage
import Specifications

/// How long a run will take on this machine, in seconds on one core; of a run that takes all cores, in
/// seconds times cores.
///
/// A run whose like is stored (the same data sizes, network, optimiser and measurements) takes as long as the
/// nearest one in |A| took; but a training that comes to zero error says nothing of one that goes on to its cap.
/// Otherwise the work is counted in flops and divided by rates measured here and
/// now: of the small Float32 products of training, and of the Float64 factorisations of expectation
/// propagation. The number of epochs is the guess in it.
package struct CostModel: Sendable {
  private let known: [RunRecord]
  private let knownSamples: [FunctionSampleRecord]
  /// Float32 flops a second in products of a minibatch's size.
  private let productRate: Double
  /// Float64 flops a second in a factorisation.
  private let factorisationRate: Double
  private let residual = ResidualCosts()

  /// Measures the two rates (about 20 ms) and keeps the records' times.
  package init(known: [RunRecord], knownSamples: [FunctionSampleRecord] = []) {
    self.known = known
    self.knownSamples = knownSamples
    // As the runner does, which never sets it back either.
    BLASRuntime.threadCount = 1
    productRate = Self.measureProducts()
    factorisationRate = Self.measureFactorisation()
  }

  /// The expected time of `run`.
  package func seconds(_ run: PlannedRun) -> Double {
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
    let trained = similar.filter { Self.goesToItsCap($0.spec) == Self.goesToItsCap(run.training) }
    let training = nearest(trained)?.provenance.secondsOfTraining ?? secondsOfTraining(run.training)
    let measured = nearest(similar)
    let all = run.measurements.reduce(training) { sum, measurement in
      sum
        + (measured?.provenance.secondsByMeasurement[measurement.identity]
          ?? seconds(measurement, run.training, in: run))
    }
    return run.training.network.kind == .resnet50 ? all * Double(ResidualRuns.threads) : all
  }

  /// The expected time of the Monte-Carlo kernels of `runs`, each counted once; what is stored of them is not
  /// looked up.
  package func secondsOfKernels(_ runs: [PlannedRun]) -> Double {
    var seen: Set<MonteCarloKernelIdentity> = []
    return runs.reduce(0) { sum, run in
      run.measurements.flatMap(\.priors).reduce(sum) { sum, settings in
        guard settings.kernel == .monteCarlo else { return sum }
        let identity = MonteCarloKernelIdentity(
          training: run.training, dataDigest: "", settings: settings)
        guard seen.insert(identity).inserted else { return sum }
        return sum + residual.kernel(settings, run.training) * Double(ResidualRuns.threads)
      }
    }
  }

  /// The expected time of a sample of functions: by what one of the same networks took, or by drawing some of
  /// them here and now (about 10 ms).
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

  /// Sweeps of a large prior, for the progress within a run.
  static let largeSweeps = 2

  /// Epochs to zero error of ResNet-50 without an attack set, as measured on 16 images; a guess for
  /// thousands.
  static let typicalResidualEpochs = 30

  private func secondsOfTraining(_ spec: TrainingSpec) -> Double {
    guard spec.target == nil else {
      return seconds(ofEpochs: min(Self.typicalEpochsToFunction, Double(spec.stop.epochs)), spec)
    }
    if spec.network.kind == .resnet50 {
      let epochs =
        Double(Self.typicalResidualEpochs) * (1 + Self.attacked(spec))
      return residual.training(spec, epochs: min(epochs, Double(spec.stop.epochs)))
    }
    return seconds(ofEpochs: min(Self.epochs(spec), Double(spec.stop.epochs)), spec)
  }

  /// Epochs of a fully connected network to zero error, by what was measured: on MNIST with |S| = 500 2.5
  /// times as many with |A| = |S|; on CIFAR-10 with |S| = 5000, by SGD, mostly from 125 to 900.
  private static func epochs(_ spec: TrainingSpec) -> Double {
    if goesToItsCap(spec) { return .infinity }
    return typicalEpochs * (1 + (inputs(spec) == 3072 ? 5 : 1.5) * attacked(spec))
  }

  /// Whether a training is taken not to come to zero error. By Adam on CIFAR-10 with |S| = 5000, ten of eleven
  /// with |A| of up to 1000 took 128 to 936 epochs, and with 1500 and 2000 none came to it within 4000.
  private static func goesToItsCap(_ spec: TrainingSpec) -> Bool {
    spec.optimiser.rule.kind == .adam && inputs(spec) == 3072 && spec.network.kind == .fcn
      && spec.dataset.train >= 5000 && attacked(spec) >= 0.3
  }

  /// |A| / |S|.
  private static func attacked(_ spec: TrainingSpec) -> Double {
    Double(spec.attackSize) / Double(spec.dataset.train)
  }

  /// Epochs to zero error of a fully connected network by SGD without an attack set, as measured.
  private static let typicalEpochs = 140.0
  /// Epochs to all outputs of a function of 7 variables by SGD at the rate 0.01, as measured.
  private static let typicalEpochsToFunction = 2500.0

  private func seconds(ofEpochs epochs: Double, _ spec: TrainingSpec) -> Double {
    let examples = Double(spec.dataset.train + spec.attackSize)
    return epochs * (6 * examples + 2 * Double(spec.dataset.train)) * weights(spec) / productRate
  }

  private func seconds(
    _ measurement: MeasurementSpec, _ spec: TrainingSpec, in run: PlannedRun
  ) -> Double {
    switch measurement {
    case .state: return 0
    case .later(let epochs, let measurement):
      guard measurement == .state else { return seconds(measurement, spec, in: run) }
      // The epochs since the state before, which were counted with that.
      let earlier = run.measurements.compactMap { other -> Int? in
        if case .later(let past, .state) = other, past < epochs { past } else { nil }
      }
      return seconds(ofEpochs: Double(epochs - (earlier.max() ?? 0)), spec)
    case .timeline(let settings):
      // As many epochs again before zero error as a run without an attack set needs.
      let epochs = Double(settings.epochsPast) + Self.typicalEpochs
      let points = epochs / Double(settings.every)
      return seconds(ofEpochs: epochs, spec)
        + points * settings.measurements.reduce(0) { $0 + seconds($1, spec, in: run) }
    case .hessian(let settings):
      // Measured: about four products with the Hessian for each eigenvalue, each of four passes over S.
      return 4 * Double(settings.top) * 8 * Double(spec.dataset.train) * weights(spec) / productRate
    case .sharpness(let settings, _) where spec.network.kind == .resnet50:
      return residual.sharpness(settings, spec)
    case .sharpness(let settings, _):
      let examples = Double(spec.dataset.train)
      let steps = Double(settings.epochs) * (examples / Double(settings.batch)).rounded(.up)
      let products = steps * (6 * Double(settings.batch) + 2 * examples) * weights(spec) / productRate
      // Measured: the sparse products over MNIST's images take half of the dense ones.
      return Self.inputs(spec) == 784 ? products / 2 : products
    case .prior(let settings):
      let n = Double(spec.dataset.train + spec.dataset.test)
      if n >= Double(ExpectationPropagationWorkspace.largeCount) {
        // Factorisations of n³ flops; as measured, with refinements and the reference's share.
        let factorisations = settings.likelihood == .probit ? 2.0 : 4.5
        return factorisations * n * n * n / factorisationRate
      }
      let sweeps = settings.likelihood == .probit ? 6.0 : 12.0
      return sweeps * 2 * n * n * n / 3 / factorisationRate
    }
  }

  /// The values of an image, which the spec does not hold, by the data set's name.
  private static func inputs(_ spec: TrainingSpec) -> Int {
    spec.target?.variables
      ?? (spec.dataset.isStandIn || DatasetName(rawValue: spec.dataset.name) == .cifar10 ? 3072 : 784)
  }

  /// Weights of the network.
  private func weights(_ spec: TrainingSpec) -> Double {
    let widths = [Self.inputs(spec)] + spec.network.hidden + [1]
    return zip(widths, widths.dropFirst()).reduce(0) { $0 + Double($1.0 * $1.1) }
  }

  private static func measureProducts() -> Double {
    let (rows, inputs, units) = (32, 784, 40)
    let x = [Float](repeating: 0.5, count: rows * inputs)
    let w = [Float](repeating: 0.1, count: units * inputs)
    var z = [Float](repeating: 0, count: rows * units)
    func repetitions(_ count: Int) {
      for _ in 0..<count {
        multiplyAccumulate(
          rows, units, inputs, x, leadingDimension: inputs, .asStored, w, leadingDimension: inputs,
          .transposed, into: &z, leadingDimension: units)
      }
    }
    repetitions(20)
    let count = 200
    let time = ContinuousClock().measure { repetitions(count) }.seconds
    return Double(2 * rows * inputs * units * count) / max(time, 1e-9)
  }

  private static func measureFactorisation() -> Double {
    let n = 400
    var matrix = [Double](repeating: 0.5, count: n * n)
    for i in 0..<n { matrix[i * n + i] = 2 }
    let time = ContinuousClock().measure {
      matrix.withUnsafeMutableBufferPointer { _ = CholeskyInPlace.factorise($0, size: n) }
    }.seconds
    return Double(n * n * n) / 3 / max(time, 1e-9)
  }
}
