import FunctionPriors
import LinearAlgebra
import Planning
import Specifications

/// The covariance over S ∪ E of each Gaussian-process prior that the missing runs need, computed once and
/// shared by all functions on the same inputs, and the marginal likelihoods of S by it, which no network changes.
struct KernelCatalogue: Sendable {
  private struct Identity: Hashable {
    let dataset: DatasetSpec
    let network: NetworkSpec.Kind
    let hiddenLayers: Int
    let weightVariance: Double
    let biasVariance: Double
    let initialisationsPerPoint: Double?
  }
  /// Each kernel; a Monte-Carlo kernel with its relative standard error.
  private var kernels: [Identity: (kernel: CovarianceKernel, error: Double?)] = [:]
  private struct MarginalIdentity: Hashable {
    let kernel: Identity
    let likelihood: PriorSettings.Likelihood
    /// Of S: with functions of a sample as targets, runs on the same inputs differ in them.
    let labels: [UInt8]
  }
  private var marginalLikelihoods: [MarginalIdentity: MeasurementResult] = [:]
  /// Where the priors of large kernels are computed.
  let largePriors = LargePriors()

  /// Computes the kernels in closed form of `runs`: n²d/2 flops and one factorisation, n³/3, for each; and the
  /// marginal likelihoods by them.
  ///
  /// - Throws: ``ExperimentError/badKernel(dataset:reason:)``.
  init(runs: [PlannedRun], data: DataCatalogue) throws(ExperimentError) {
    for run in runs {
      for settings in run.measurements.flatMap(\.priors) where settings.kernel == .nngp {
        let identity = Self.identity(run.training, settings)
        guard kernels[identity] == nil else { continue }
        let split = data[run.training].split
        let kernel = NNGPKernel(
          hiddenLayers: identity.hiddenLayers, weightVariance: settings.weightVariance,
          biasVariance: settings.biasVariance)
        do {
          kernels[identity] = (
            try CovarianceKernel(
              kernel.matrix(split.training.inputs.appendingRows(of: split.test.inputs))), nil
          )
        } catch {
          throw .badKernel(dataset: run.training.dataset.name, reason: error)
        }
      }
      addMarginalLikelihoods(of: run, data: data)
    }
  }

  /// Whether the kernel is computed.
  func contains(_ training: TrainingSpec, _ settings: PriorSettings) -> Bool {
    kernels[Self.identity(training, settings)] != nil
  }

  /// Adds a Monte-Carlo kernel: a factorisation, n³/3.
  ///
  /// - Throws: ``ExperimentError/badKernel(dataset:reason:)``.
  mutating func add(
    _ kernel: MonteCarloKernel, for training: TrainingSpec, _ settings: PriorSettings
  ) throws(ExperimentError) {
    do {
      kernels[Self.identity(training, settings)] = (
        try CovarianceKernel(kernel.matrix), kernel.relativeStandardError
      )
    } catch {
      throw .badKernel(dataset: training.dataset.name, reason: error)
    }
  }

  /// Adds the marginal likelihoods that `run` asks for, those whose kernel is here.
  mutating func addMarginalLikelihoods(of run: PlannedRun, data: DataCatalogue) {
    for case .marginalLikelihood(let settings) in run.measurements.flatMap(\.parts) {
      let labels = data[run.training].split.training.labels
      let identity = Self.marginalIdentity(run.training, labels, settings)
      guard marginalLikelihoods[identity] == nil, let kernel = kernels[identity.kernel]?.kernel else {
        continue
      }
      marginalLikelihoods[identity] = MarginalLikelihood.measure(
        of: labels, kernel: kernel.leadingBlock(labels.count), settings.likelihood)
    }
  }

  /// ln P(S) of the labels of S of a run.
  func marginalLikelihood(_ context: RunContext, _ settings: PriorSettings) -> MeasurementResult {
    let identity = Self.marginalIdentity(context.spec, context.split.training.labels, settings)
    guard let result = marginalLikelihoods[identity] else {
      preconditionFailure("expected a marginal likelihood of this catalogue for \(settings)")
    }
    return result
  }

  /// The relative standard error of a Monte-Carlo kernel; nil for a kernel in closed form.
  func relativeStandardError(_ training: TrainingSpec, _ settings: PriorSettings) -> Double? {
    kernels[Self.identity(training, settings)]?.error
  }

  func kernel(_ training: TrainingSpec, _ settings: PriorSettings) -> CovarianceKernel {
    guard let kernel = kernels[Self.identity(training, settings)]?.kernel else {
      preconditionFailure("expected a kernel of this catalogue for \(settings)")
    }
    return kernel
  }

  private static func marginalIdentity(
    _ training: TrainingSpec, _ labels: [UInt8], _ settings: PriorSettings
  ) -> MarginalIdentity {
    MarginalIdentity(
      kernel: identity(training, settings), likelihood: settings.likelihood, labels: labels)
  }

  private static func identity(_ training: TrainingSpec, _ settings: PriorSettings) -> Identity {
    Identity(
      dataset: training.dataset, network: training.network.kind,
      hiddenLayers: training.network.hidden.count, weightVariance: settings.weightVariance,
      biasVariance: settings.biasVariance, initialisationsPerPoint: settings.initialisationsPerPoint)
  }
}
