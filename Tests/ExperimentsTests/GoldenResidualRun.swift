import FunctionPriors
import NeuralNetworks
import Planning
import RunStorage
import Specifications
import TestSupport
import Testing

@testable import Experiments

/// What a small residual network, its ascent and its Monte-Carlo kernel come to on the deterministic plain
/// engine.
struct GoldenResidualRun: Codable {
  let results: RunResult
  /// The lower triangle of the sum over initialisations, row by row.
  let kernelSum: [Double]
  let kernelError: Double

  private static let settings = PriorSettings(
    kernel: .monteCarlo, likelihood: .probit, weightVariance: 2, biasVariance: 1,
    initialisationsPerPoint: 0.3)
  private static let spec = TrainingSpec(
    dataset: DatasetSpec(
      name: .drawnShapes, task: .automobileVersusCat, train: 4, attackPool: 2, test: 5),
    network: NetworkSpec(kind: .resnet50, hidden: [], biasStandardDeviation: 1),
    optimiser: OptimiserSpec(
      rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 0.001, batch: 4), attackSize: 2,
    sample: 0, stop: StopSpec(at: .zeroErrorOnTrain, epochs: 3),
    augmentation: AugmentationSpec(cropPadding: 2, flips: true), seed: 1)
  private static let measurements: [MeasurementSpec] = [
    .atZeroError(
      .sharpness(
        SharpnessSettings(
          row: "cifar10-resnet50", method: .sgd, box: 1e-3, batch: 3, learningRate: 0.01, epochs: 1),
        trace: true)),
    .atZeroError(.prior(settings)),
  ]

  /// Executes it.
  init() throws {
    let data = try DataCatalogue(specs: [Self.spec.dataset], library: SmallRuns.library)
    let shape = ResidualShape(
      image: ActivationShape(channels: 3, height: 32, width: 32), stemChannels: 2, blocks: [1, 1])
    let plain = engines[1]
    let workspace = try ResidualWorkspace(shape, on: plain, capacity: 4)
    let folder = try TemporaryFolder()
    let kernel = try #require(
      try MonteCarloKernelExecution(
        store: KernelStore(folder: folder.path), claims: WorkClaims(store: folder.path), workspace: workspace,
        isCancelled: { false }
      ).kernel(
        Self.spec, entry: data[Self.spec], settings: Self.settings,
        .init(onDamage: { Issue.record("\($0)") })))
    var kernels = try KernelCatalogue(runs: [], data: data)
    try kernels.add(kernel, for: Self.spec, Self.settings)
    let context = RunContext(Self.spec, split: data[Self.spec].split)
    results = try RunExecution(
      family: ResidualFamily(kernels: kernels, workspace: workspace, engines: plain, context: context),
      context: context, isCancelled: { false }, progress: RunProgress()
    ).execute(
      PlannedRun(training: Self.spec, measurements: Self.measurements, figures: []), known: nil
    ).result
    let n = kernel.count
    var triangle: [Double] = []
    for i in 0..<n { triangle += kernel.features.sum.elements[i * n..<i * n + i + 1] }
    kernelSum = triangle
    kernelError = try #require(kernel.relativeStandardError)
  }
}
