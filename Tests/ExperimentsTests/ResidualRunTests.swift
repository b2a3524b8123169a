import Flatness
import FunctionPriors
import LinearAlgebra
import NeuralNetworks
import Planning
import RandomStreams
import RunStorage
import Specifications
import Synchronization
import TestSupport
import Testing
import Training

@testable import Datasets
@testable import Experiments

/// Runs of residual networks, with a small one in the place of ResNet-50, on the images that the package
/// draws.
@Suite("Runs of residual networks")
struct ResidualRunTests {
  private static let shape = ResidualShape(
    image: ActivationShape(channels: 3, height: 32, width: 32), stemChannels: 16, blocks: [1, 1])
  private static let settings = PriorSettings(
    kernel: .monteCarlo, likelihood: .probit, weightVariance: 2, biasVariance: 1, initialisationsPerPoint: 0.2
  )
  private static let measurements: [MeasurementSpec] = [
    .atZeroError(
      .sharpness(
        SharpnessSettings(
          row: "cifar10-resnet50", method: .sgd, box: 1e-3, batch: 8, learningRate: 0.1, epochs: 2),
        trace: false)),
    .atZeroError(.prior(settings)),
  ]
  private static let training = TrainingSpec(
    dataset: DatasetSpec(
      name: .drawnShapes, task: .automobileVersusCat, train: 8, attackPool: 4, test: 12),
    network: NetworkSpec(kind: .resnet50, hidden: [], biasStandardDeviation: 1),
    optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.05, batch: 8), attackSize: 4, sample: 0,
    stop: StopSpec(at: .zeroErrorOnTrain, epochs: 100), seed: 1)

  private static func data() throws -> DataCatalogue {
    try DataCatalogue(specs: [training.dataset], library: SmallRuns.library)
  }

  private static func workspace() throws -> ResidualWorkspace {
    try ResidualWorkspace(shape, on: engines[0], capacity: 8)
  }

  private static func kernel(
    in store: KernelStore, stoppingAfter limit: Int = .max
  ) throws -> MonteCarloKernel? {
    let done = Mutex(0)
    let folder = try TemporaryFolder()
    return try MonteCarloKernelExecution(
      store: store, claims: WorkClaims(store: folder.path), workspace: try workspace(),
      isCancelled: { done.withLock { $0 >= limit } }
    ).kernel(
      training, entry: data()[training], settings: settings, waiting: {},
      onDamage: { Issue.record("\($0)") },
      progress: { made, of in
        #expect(of == 4)
        done.withLock { $0 = made }
      })
  }

  @Test("a kernel that was interrupted goes on from what is stored, and has the same bits")
  func interruptedKernel() throws {
    let (one, other) = (try TemporaryFolder(), try TemporaryFolder())
    let whole = try #require(try Self.kernel(in: KernelStore(folder: one.path)))
    #expect(whole.initialisations == 4)
    let store = KernelStore(folder: other.path)
    #expect(try Self.kernel(in: store, stoppingAfter: 2) == nil)
    let identity = MonteCarloKernelIdentity(
      training: Self.training, dataDigest: try Self.data()[Self.training].digest, settings: Self.settings)
    guard case .found(let partial) = try store.read(identity.key()) else {
      Issue.record("expected a stored kernel")
      return
    }
    #expect(partial.initialisations == 2)
    let resumed = try #require(try Self.kernel(in: store))
    #expect(resumed.sum == whole.sum)
    #expect(resumed.relativeStandardError == whole.relativeStandardError)
    // It is there now: nothing is computed again.
    #expect(try Self.kernel(in: store, stoppingAfter: 0)?.sum == whole.sum)
  }

  private static func kernels() throws -> KernelCatalogue {
    let folder = try TemporaryFolder()
    var kernels = try KernelCatalogue(runs: [], data: data())
    try kernels.add(
      try #require(try kernel(in: KernelStore(folder: folder.path))), for: training, settings)
    return kernels
  }

  @Test("a run that is stopped again and again goes on from its checkpoints, and comes out the same")
  func resumption() throws {
    let folder = try TemporaryFolder()
    let (data, kernels) = (try Self.data(), try Self.kernels())
    let run = PlannedRun(training: Self.training, measurements: Self.measurements, figures: [])
    let key = try RunIdentity(spec: Self.training, dataDigest: data[Self.training].digest).key()
    var notices: [CheckpointNotice] = []
    func execute(
      questions limit: Int, arithmetic: String = "one", interval: Duration = .zero
    ) throws -> RunOutcome {
      let asked = Mutex(0)
      let isCancelled: @Sendable () -> Bool = {
        asked.withLock {
          $0 += 1; return $0 > limit
        }
      }
      let checkpoints = RunCheckpoints(
        store: CheckpointStore(folder: folder.path), run: key, arithmetic: arithmetic, interval: interval,
        isCancelled: isCancelled, tell: { notices.append($0) })
      let context = RunContext(Self.training, split: data[Self.training].split)
      return try RunExecution(
        family: ResidualFamily(
          kernels: kernels, workspace: try Self.workspace(), engines: engines[0], context: context),
        context: context, checkpoints: checkpoints, isCancelled: isCancelled, progress: RunProgress()
      ).execute(run, known: nil)
    }
    let whole = try execute(questions: .max, interval: .seconds(1_000_000_000))
    #expect(notices.isEmpty && folder.files(endingIn: "").isEmpty)
    var stops = 0
    var outcome: RunOutcome?
    while outcome == nil, stops < 100 {
      do {
        outcome = try execute(questions: 6)
      } catch is TrainingError {
        stops += 1
      } catch is FlatnessError {
        stops += 1
      }
    }
    #expect(stops > 2 && outcome?.result == whole.result)
    let epochs = whole.result.training.epochs
    #expect(notices.contains(.resumed(from: "epoch 1 of its training")))
    #expect(notices.contains(.resumed(from: "epoch \(epochs) of its training")))
    #expect(notices.contains(.resumed(from: "step 1 of the ascent of its sharpness")))
    // Other arithmetic begins anew, and says so.
    notices = []
    #expect(try execute(questions: .max, arithmetic: "other").result == whole.result)
    let reason = "it was made with one, and this is other"
    #expect(notices == [.ignored(reason: reason), .ignored(reason: reason)])
  }

  @Test("a run trains to zero error, and its function, sharpness and prior are those of its network")
  func run() throws {
    let folder = try TemporaryFolder()
    let data = try Self.data()
    let kernel = try #require(try Self.kernel(in: KernelStore(folder: folder.path)))
    var kernels = try KernelCatalogue(runs: [], data: data)
    try kernels.add(kernel, for: Self.training, Self.settings)
    func execute() throws -> RunOutcome {
      let context = RunContext(Self.training, split: data[Self.training].split)
      return try RunExecution(
        family: ResidualFamily(
          kernels: kernels, workspace: try Self.workspace(), engines: engines[0], context: context),
        context: context, isCancelled: { false },
        progress: RunProgress()
      ).execute(
        PlannedRun(training: Self.training, measurements: Self.measurements, figures: []), known: nil)
    }
    let outcome = try execute()
    #expect(outcome.result == (try execute()).result)
    let training = outcome.result.training
    #expect(training.status == .converged)
    guard case .residual(let network) = outcome.network else {
      Issue.record("expected a residual network")
      return
    }
    let split = data[Self.training].split
    let workspace = try Self.workspace()
    workspace.network = network
    let outputs = [split.training, split.test].flatMap { set -> [UInt8] in
      let images = workspace.engine.hold(set.inputs, labels: set.labels.map(Float.init))
      return workspace.engine.logits(of: images, 0..<set.count).map { $0 >= 0 ? 1 : 0 }
    }
    #expect(training.function == RunContext.text(outputs))
    #expect(outputs.prefix(8).elementsEqual(split.training.labels))
    let right = zip(outputs.dropFirst(8), split.test.labels).count { $0 == $1 }
    #expect(training.testAccuracy == Double(right) / 12)
    for measurement in Self.measurements {
      switch outcome.result.measurements[measurement.identity] {
      case .sharpness(let result):
        #expect(try #require(result.maximumLoss) > #require(result.loss) && result.epochs == 2)
      case .prior(let result):
        let expected = try ExpectationPropagation(likelihood: .probit).logProbability(
          of: outputs, kernel: CovarianceKernel(kernel.matrix),
          workspace: ExpectationPropagationWorkspace(count: 20))
        #expect(result.logProbabilityInNats == expected.logProbabilityInNats)
        #expect(result.kernelError == kernel.relativeStandardError)
      default: Issue.record("expected \(measurement.identity)")
      }
    }
  }
}
