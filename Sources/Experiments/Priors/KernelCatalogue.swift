import FunctionPriors
import LinearAlgebra
import Planning
import Specifications

/// The covariance over S ∪ E of each Gaussian-process prior that the missing runs need, computed once and
/// shared by all functions on the same inputs.
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
  /// Where the priors of large kernels are computed.
  let largePriors = LargePriors()

  /// Computes the kernels in closed form of `runs`: n²d/2 flops and one factorisation, n³/3, for each.
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

  private static func identity(_ training: TrainingSpec, _ settings: PriorSettings) -> Identity {
    Identity(
      dataset: training.dataset, network: training.network.kind,
      hiddenLayers: training.network.hidden.count, weightVariance: settings.weightVariance,
      biasVariance: settings.biasVariance, initialisationsPerPoint: settings.initialisationsPerPoint)
  }
}
