import FunctionPriors
import LinearAlgebra
import Planning

/// The covariance over S ∪ E of each Gaussian-process prior that the missing runs need, computed once and
/// shared by all functions on the same inputs.
struct KernelCatalogue: Sendable {
  private struct Identity: Hashable {
    let dataset: DatasetSpec
    let hiddenLayers: Int
    let weightVariance: Double
    let biasVariance: Double
  }
  private var kernels: [Identity: CovarianceKernel] = [:]
  /// Where the priors of large kernels are computed.
  let largePriors = LargePriors()

  /// Computes the kernels of `runs`: n²d/2 flops and one factorisation, n³/3, for each.
  ///
  /// - Throws: ``ExperimentError/badKernel(dataset:reason:)``.
  init(runs: [PlannedRun], data: DataCatalogue) throws(ExperimentError) {
    for run in runs {
      for settings in run.measurements.flatMap(\.priors) {
        let identity = Self.identity(run.training, settings)
        guard kernels[identity] == nil else { continue }
        let split = data[run.training].split
        let kernel = NNGPKernel(
          hiddenLayers: identity.hiddenLayers, weightVariance: settings.weightVariance,
          biasVariance: settings.biasVariance)
        do {
          kernels[identity] = try CovarianceKernel(
            kernel.matrix(split.training.inputs.appendingRows(of: split.test.inputs)))
        } catch {
          throw .badKernel(dataset: run.training.dataset.name, reason: error)
        }
      }
    }
  }

  func kernel(_ training: TrainingSpec, _ settings: PriorSettings) -> CovarianceKernel {
    guard let kernel = kernels[Self.identity(training, settings)] else {
      preconditionFailure("expected a kernel of this catalogue for \(settings)")
    }
    return kernel
  }

  private static func identity(_ training: TrainingSpec, _ settings: PriorSettings) -> Identity {
    Identity(
      dataset: training.dataset, hiddenLayers: training.network.hidden.count,
      weightVariance: settings.weightVariance, biasVariance: settings.biasVariance)
  }
}
