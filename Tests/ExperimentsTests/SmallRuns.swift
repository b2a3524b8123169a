import Foundation
import Planning
import RunStorage
import SpecReading
import Specifications
import TestSupport

@testable import Datasets
@testable import Experiments

/// Plans small enough for a debug build, on the images that come with the package, whatever the machine
/// holds.
enum SmallRuns {
  static let dataset = DatasetSpec(
    name: .mnist, task: .digits0to4Versus5to9, train: 60, attackPool: 60, test: 100)
  static let ascent = Measure.sharpness(
    SharpnessSettings(row: "mnist-fcn", method: .sgd, box: 1e-4, batch: 32, learningRate: 1e-3, epochs: 4),
    trace: false)
  static let priorSettings = PriorSettings.Likelihood.allCases.map {
    PriorSettings(kernel: .nngp, likelihood: $0, weightVariance: 2, biasVariance: 1)
  }
  static let sharpness = MeasurementSpec.atZeroError(ascent)
  static let priors = priorSettings.map { MeasurementSpec.atZeroError(.prior($0)) }
  /// What the tests' timelines follow.
  static let followed = [ascent] + priorSettings.map { .prior($0) }
  static let library = DatasetLibrary(roots: DataRoots(named: [], others: [], fetchFolder: "/nowhere"))
  private static let loaded = Result { try DataCatalogue(specs: [dataset], library: library) }

  /// What the repository's `costs.yml` says.
  static func findings() throws -> CostFindings { try found.get() }

  private static let found = Result {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try SpecLibrary(folder: root.appendingPathComponent("figures").path).costs
  }

  /// The built-in images, loaded once for all tests.
  static func data() throws -> DataCatalogue { try loaded.get() }

  /// Fully connected networks without kernels: for trainings and outputs.
  static var family: FullyConnectedFamily {
    get throws {
      FullyConnectedFamily(
        kernels: try KernelCatalogue(runs: [], data: data()), workspaces: PriorWorkspaces(), workers: 1)
    }
  }

  /// Runs that differ in |A| and sample; with all measurements unless said otherwise.
  static func plan(
    dataset: DatasetSpec = dataset, attackSizes: [Int] = [0, 30], samplesPerSize: Int = 1, epochs: Int = 8,
    optimiser: OptimiserSpec = OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 32),
    measurements: [MeasurementSpec] = [sharpness] + priors
  ) -> Plan {
    let group = RunGroup(
      dataset: dataset, network: NetworkSpec(kind: .fcn, hidden: [40, 40], biasStandardDeviation: 1),
      optimiser: optimiser, attackSizes: attackSizes, samplesPerSize: samplesPerSize,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: epochs), measurements: measurements)
    let figure = FigureSpec(
      id: "T1", title: "", caption: "", runs: ["group": group], panels: [], schematic: nil, settings: [],
      file: "")
    return Plan(figures: [figure], seed: 1)
  }

  /// Surveys the store and executes what it lacks.
  static func execute(
    _ plan: Plan, in store: RunStore, jobs: Int = 1, keepsWeights: Bool = false,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Runner.Event) -> Void = { _ in }
  ) async throws -> [RunRecord] {
    let survey = try Survey(plan: plan, data: data(), store: store)
    return try await Runner(
      store: store, jobs: jobs, engines: engines[0], keepsWeights: keepsWeights, isCancelled: isCancelled
    )
    .execute(survey, data: data(), progress: progress)
  }

  /// Executes the plan in a store of its own, which is gone afterwards.
  static func executeAfresh(_ plan: Plan, jobs: Int = 1) async throws -> [RunRecord] {
    let folder = try TemporaryFolder()
    // Else the folder goes with its last use, before the runs, and comes back as their store.
    defer { withExtendedLifetime(folder) {} }
    return try await execute(plan, in: folder.store, jobs: jobs)
  }
}

/// What a record must repeat exactly; its times it need not.
struct Facts: Equatable {
  let key: ContentKey
  let spec: TrainingSpec
  let dataDigest: String
  let results: RunResult

  init(_ record: RunRecord) {
    key = record.key
    spec = record.spec
    dataDigest = record.dataDigest
    results = record.results
  }
}

extension TemporaryFolder {
  /// A store in the folder.
  var store: RunStore { RunStore(folder: path + "/store") }

  /// The files below the folder whose name ends so, by path.
  func files(endingIn suffix: String) -> [String] {
    (FileManager.default.subpaths(atPath: path) ?? []).filter { $0.hasSuffix(suffix) }.sorted()
      .map { path + "/" + $0 }
  }
}
