import Flatness
import Foundation
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

  /// Blocks of two, so that a kernel of four initialisations has more than one.
  private static func averaging(
    in folder: String, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> MonteCarloKernelExecution {
    MonteCarloKernelExecution(
      store: KernelStore(folder: folder), claims: WorkClaims(store: folder), workspace: try workspace(),
      isCancelled: isCancelled, blockSize: 2, interval: .zero)
  }

  private static func kernel(
    in folder: String, stoppingAfter limit: Int = .max, settings: PriorSettings = settings,
    onDamage: @escaping (DamagedFile) -> Void = { Issue.record("\($0)") }
  ) throws -> MonteCarloKernel? {
    let done = Mutex(0)
    return try averaging(in: folder, isCancelled: { done.withLock { $0 >= limit } }).kernel(
      training, entry: data()[training], settings: settings,
      .init(onDamage: onDamage, progress: { made, of in done.withLock { $0 = made } }))
  }

  private static func makeBlocks(_ numbers: Range<Int>, in folder: String) throws -> Bool {
    try averaging(in: folder).makeBlocks(
      numbers, training, entry: data()[training], settings: settings,
      .init(onDamage: { Issue.record("\($0)") }))
  }

  private static func files(in folder: String) -> [String] {
    (FileManager.default.subpaths(atPath: folder) ?? []).filter {
      $0.contains(".") && !$0.hasSuffix(".blocks")
    }
  }

  private static func expect(_ kernel: MonteCarloKernel?, equals whole: MonteCarloKernel) throws {
    let kernel = try #require(kernel)
    #expect(kernel.features == whole.features)
  }

  @Test("a kernel is the sum of its blocks, each from zero; up to one block, of its initialisations in order")
  func blockSums() throws {
    let folders = try (0..<3).map { _ in try TemporaryFolder() }
    var (blocks, plain) = (try Self.averaging(in: folders[0].path), try Self.averaging(in: folders[1].path))
    plain.blockSize = 32
    func kernel(_ execution: MonteCarloKernelExecution, perPoint: Double = 0.2) throws -> MonteCarloKernel {
      var settings = Self.settings
      settings.initialisationsPerPoint = perPoint
      return try #require(
        try execution.kernel(
          Self.training, entry: Self.data()[Self.training], settings: settings, .init()))
    }
    let (two, four, one) = (
      try kernel(Self.averaging(in: folders[2].path), perPoint: 0.1), try kernel(blocks), try kernel(plain)
    )
    #expect(two.initialisations == 2 && four.initialisations == 4 && one.initialisations == 4)
    for (found, expected) in zip(four.features.sum.elements, one.features.sum.elements) {
      #expect(abs(found - expected) <= 1e-12 * abs(expected))
    }
    blocks.blockSize = 32
    // Other sums are made again.
    #expect(try kernel(blocks).features.sum == one.features.sum)
  }

  @Test("a kernel that was interrupted at any point goes on from what is stored, and has the same bits")
  func interruptedKernel() throws {
    let folder = try TemporaryFolder()
    let whole = try #require(try Self.kernel(in: folder.path))
    #expect(whole.initialisations == 4)
    #expect(Self.files(in: folder.path).count == 1)
    for limit in 1...3 {
      let other = try TemporaryFolder()
      #expect(try Self.kernel(in: other.path, stoppingAfter: limit) == nil)
      // One file for each block, however far it is.
      #expect(Self.files(in: other.path).count == (limit + 1) / 2)
      try Self.expect(try Self.kernel(in: other.path), equals: whole)
      #expect(Self.files(in: other.path).count == 1)
      // It is there now: nothing is computed again.
      try Self.expect(try Self.kernel(in: other.path, stoppingAfter: 0), equals: whole)
    }
  }

  @Test("blocks that several tasks made, in any order, give the kernel that one process makes, bit for bit")
  func sharedKernel() throws {
    let alone = try TemporaryFolder()
    let whole = try #require(try Self.kernel(in: alone.path))
    for parts in [[1..<2], [0..<1], [1..<9, 0..<1], [0..<2, 0..<2]] {
      let folder = try TemporaryFolder()
      for numbers in parts { #expect(try Self.makeBlocks(numbers, in: folder.path)) }
      try Self.expect(try Self.kernel(in: folder.path), equals: whole)
      #expect(Self.files(in: folder.path).count == 1)
      // What is stored as a whole is not made again in parts.
      #expect(try Self.makeBlocks(0..<2, in: folder.path))
      #expect(Self.files(in: folder.path).count == 1)
    }
    // Two at once.
    let folder = try TemporaryFolder()
    DispatchQueue.concurrentPerform(iterations: 3) { worker in
      do {
        if worker == 0 {
          try Self.expect(try Self.kernel(in: folder.path), equals: whole)
        } else {
          #expect(try Self.makeBlocks(worker - 1..<2, in: folder.path))
        }
      } catch {
        Issue.record("\(error)")
      }
    }
    #expect(Self.files(in: folder.path).count == 1)
  }

  @Test("a damaged block is named, set aside and made again")
  func damagedBlock() throws {
    let folder = try TemporaryFolder()
    let whole = try #require(try Self.kernel(in: try TemporaryFolder().path))
    #expect(try Self.makeBlocks(0..<2, in: folder.path))
    let block = try #require(Self.files(in: folder.path).first { $0.hasSuffix("/2-2.block") })
    var bytes = try Data(contentsOf: URL(filePath: "\(folder.path)/\(block)"))
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: URL(filePath: "\(folder.path)/\(block)"))
    let damaged = Mutex<[DamagedFile]>([])
    let kernel = try Self.kernel(
      in: folder.path, onDamage: { damage in damaged.withLock { $0.append(damage) } })
    try Self.expect(kernel, equals: whole)
    let named = damaged.withLock { $0 }
    #expect(named.map(\.kind) == [.kernelBlock])
    #expect(named.first?.description.contains("block of a Monte-Carlo kernel") == true)
  }

  @Test("a kernel that ends with a whole block is extended; another is made again, and so is one of more")
  func extendedKernel() throws {
    let folder = try TemporaryFolder()
    func settings(_ initialisations: Int) -> PriorSettings {
      var settings = Self.settings
      settings.initialisationsPerPoint = Double(initialisations) / 20
      return settings
    }
    for initialisations in [2, 4, 3, 6, 2] {
      let alone = try #require(
        try Self.kernel(in: try TemporaryFolder().path, settings: settings(initialisations)))
      let done = Mutex(0)
      let first = Mutex<Int?>(nil)
      let kernel = try Self.averaging(in: folder.path).kernel(
        Self.training, entry: Self.data()[Self.training], settings: settings(initialisations),
        .init(progress: { made, _ in
          first.withLock { $0 = $0 ?? made }
          done.withLock { $0 = made }
        }))
      try Self.expect(kernel, equals: alone)
      let (begun, ended) = (first.withLock { $0 }, done.withLock { $0 })
      #expect(begun == (initialisations == 4 ? 2 : 0) && ended == initialisations)
    }
  }

  private static func kernels() throws -> KernelCatalogue {
    let folder = try TemporaryFolder()
    var kernels = try KernelCatalogue(runs: [], data: data())
    try kernels.add(
      try #require(try kernel(in: folder.path)), for: training, settings)
    return kernels
  }

  @Test("a run that is stopped again and again goes on from its checkpoints, and comes out the same")
  func resumption() throws {
    let folder = try TemporaryFolder()
    let (data, kernels) = (try Self.data(), try Self.kernels())
    let run = PlannedRun(training: Self.training, measurements: Self.measurements, figures: [])
    let key = try RunIdentity(spec: Self.training, dataDigest: data[Self.training].digest).key()
    var notices: [CheckpointNotice] = []
    var madeBy = ""
    func execute(
      questions limit: Int, arithmetic name: String = "one", _ replayClass: ReplayClass = .bitwise,
      on engine: any EngineFactory = engines[0], interval: Duration = .zero
    ) throws -> RunOutcome {
      let asked = Mutex(0)
      let isCancelled: @Sendable () -> Bool = {
        asked.withLock {
          $0 += 1; return $0 > limit
        }
      }
      let checkpoints = RunCheckpoints(
        store: CheckpointStore(folder: folder.path), run: key,
        arithmetic: FamilyArithmetic(description: name, convolutions: name, replayClass: replayClass),
        interval: interval, isCancelled: isCancelled, tell: { notices.append($0) })
      defer { madeBy = checkpoints.madeBy }
      let context = RunContext(Self.training, split: data[Self.training].split)
      return try RunExecution(
        family: ResidualFamily(
          kernels: kernels, workspace: try ResidualWorkspace(Self.shape, on: engine, capacity: 8),
          engines: engine, context: context),
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
    #expect(madeBy == "one")
    // Other arithmetic of the same bits begins anew, and says so.
    notices = []
    #expect(try execute(questions: .max, arithmetic: "other").result == whole.result)
    let reason = "it was made with one, and this is other"
    #expect(notices == [.ignored(reason: reason), .ignored(reason: reason)])
    #expect(madeBy == "other")
  }

  @Test(
    "a run that one engine began goes on with another, which is told",
    arguments: interchangeableEngines.dropFirst())
  func otherEngine(_ engine: any EngineFactory) throws {
    let folder = try TemporaryFolder()
    let (data, kernels) = (try Self.data(), try Self.kernels())
    let run = PlannedRun(training: Self.training, measurements: Self.measurements, figures: [])
    let key = try RunIdentity(spec: Self.training, dataDigest: data[Self.training].digest).key()
    var notices: [CheckpointNotice] = []
    func execute(on engine: any EngineFactory, questions limit: Int) throws -> (RunOutcome?, madeBy: String) {
      let asked = Mutex(0)
      let isCancelled: @Sendable () -> Bool = {
        asked.withLock {
          $0 += 1; return $0 > limit
        }
      }
      let checkpoints = RunCheckpoints(
        store: CheckpointStore(folder: folder.path), run: key, arithmetic: FamilyArithmetic(engine),
        interval: .zero, isCancelled: isCancelled, tell: { notices.append($0) })
      let context = RunContext(Self.training, split: data[Self.training].split)
      let outcome = try? RunExecution(
        family: ResidualFamily(
          kernels: kernels, workspace: try ResidualWorkspace(Self.shape, on: engine, capacity: 8),
          engines: engine, context: context),
        context: context, checkpoints: checkpoints, isCancelled: isCancelled, progress: RunProgress()
      ).execute(run, known: nil)
      return (outcome, checkpoints.madeBy)
    }
    let begun = try execute(on: engines[0], questions: 6)
    #expect(begun.0 == nil && begun.madeBy == engines[0].description && notices.isEmpty)
    let gone = try execute(on: engine, questions: .max)
    #expect(gone.0?.result.training.status == .converged)
    let both = "\(engines[0].description); then \(engine.description)"
    #expect(gone.madeBy == both)
    #expect(notices == [.resumed(from: "epoch 1 of its training (\(both))")])
  }

  @Test(
    "a run's precision is that of its training's steps alone",
    arguments: [
      (OptimiserSpec.Precision.float32, TrainingPrecision.float32), (.tf32, .tf32), (.bf16, .bfloat16),
    ])
  func precision(asked: OptimiserSpec.Precision, begun: TrainingPrecision) throws {
    var training = Self.training
    training.optimiser.precision = asked
    training.stop.epochs = 1
    let shape = ResidualShape(image: Self.shape.image, stemChannels: 2, blocks: [1, 1])
    let engine = try RecordingEngine(for: shape.program, capacity: 8)
    let context = RunContext(training, split: try Self.data()[training].split)
    let outcome = try RunExecution(
      family: ResidualFamily(
        kernels: try Self.kernels(), workspace: ResidualWorkspace(shape: shape, engine: engine),
        engines: engines[1], context: context),
      context: context, isCancelled: { false }, progress: RunProgress()
    ).execute(
      PlannedRun(training: training, measurements: Self.measurements, figures: []), known: nil)
    #expect(engine.precisions == [begun])
    #expect(outcome.result.measurements.count == 2)
  }

  @Test("a run trains to zero error, and its function and all that is measured are those of its network")
  func run() throws {
    let folder = try TemporaryFolder()
    let data = try Self.data()
    let kernel = try #require(try Self.kernel(in: folder.path))
    var kernels = try KernelCatalogue(runs: [], data: data)
    try kernels.add(kernel, for: Self.training, Self.settings)
    let margin = MeasurementSpec.atZeroError(.tabled(TabledMeasure(.margin, [.quantile: 0.1])))
    let noise = MeasurementSpec.atZeroError(
      .tabled(TabledMeasure(.adaptiveAverageSharpness, [.radius: 0.1, .draws: 3])))
    let paths = MeasurementSpec.atZeroError(.tabled(TabledMeasure(.pathNorm)))
    func execute() throws -> RunOutcome {
      let context = RunContext(Self.training, split: data[Self.training].split)
      return try RunExecution(
        family: ResidualFamily(
          kernels: kernels, workspace: try Self.workspace(), engines: engines[0], context: context),
        context: context, isCancelled: { false },
        progress: RunProgress()
      ).execute(
        PlannedRun(
          training: Self.training, measurements: Self.measurements + [margin, noise, paths], figures: []),
        known: nil)
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
    let images = workspace.engine.hold(
      split.training.inputs, labels: split.training.labels.map(Float.init))
    let problem = try ResidualProblem(network, images: images, count: 8, workspace: workspace)
    #expect(
      outcome.result.measurements[margin.identity]
        == .scalar(.margin, try NetworkNorms.margin(of: problem, quantile: 0.1)))
    let average = try AdaptiveAverageSharpness(radius: 0.1, draws: 3).measure(
      of: problem,
      key: RunContext(Self.training, split: split).key.split("adaptive-average"))
    #expect(
      outcome.result.measurements[noise.identity]
        == .estimate(.adaptiveAverageSharpness, average.value, standardError: average.standardError))
    #expect(
      outcome.result.measurements[paths.identity]
        == .failed(reason: "path-norm is not to be had of residual networks"))
  }
}
