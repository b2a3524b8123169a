import DatasetDescriptions
import LinearAlgebra
import NeuralNetworks
import Optimisers
import Planning
import RunStorage
import Specifications
import Synchronization
import TestSupport
import Testing

@testable import Experiments

@Suite("Expected times of residual networks")
struct ResidualCostsTests {
  private static let dataset = DatasetSpec(
    name: .cifar10, task: .automobileVersusCat, train: 5000, attackPool: 0, test: 2000)
  private static let rates = ComputingRates(
    stepsOnSparseInputs: 1e6, stepsOnDenseInputs: 1e6, factorisations: 1e9)

  /// A run with a prior, whose training takes 30 epochs.
  private static let run: PlannedRun = {
    let prior = PriorSettings(
      kernel: .monteCarlo, likelihood: .probit, weightVariance: 2, biasVariance: 1,
      initialisationsPerPoint: 0.1)
    let group = RunGroup(
      dataset: dataset, network: NetworkSpec(kind: .resnet50, hidden: [], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 32), attackSizes: [0],
      samplesPerSize: 1,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 100), measurements: [.atZeroError(.prior(prior))])
    let figure = FigureSpec(
      id: "T1", title: "", caption: "", runs: ["group": group], panels: [], schematic: nil, settings: [],
      file: "")
    return Plan(figures: [figure], seed: 1).runs[0]
  }()

  private func model(
    _ history: CostHistory = CostHistory(), factors: [String: Double] = [:],
    on engines: any EngineFactory = engines[0], _ source: ResidualRateSource = .keptOrCounted
  ) throws -> CostModel {
    var findings = try SmallRuns.findings()
    findings.factors = factors
    return CostModel(
      findings: findings, history: history, jobs: 1, engines: engines, residualRates: source,
      rates: Self.rates)
  }

  private func history(
    _ engine: String?, update: Double = 0, step: Double, pass: Double
  ) -> CostHistory {
    var history = CostHistory()
    history.add(.residualUpdate.by(engine), counted: 1, taken: update)
    history.add(.residualStep.by(engine), counted: 1, taken: step)
    history.add(.residualPass.by(engine), counted: 1, taken: pass)
    return history
  }

  private func training(_ model: CostModel) -> Double { model.parts(Self.run)[0].cost.seconds }
  private func kernel(_ model: CostModel) -> Double { model.monteCarloKernels([Self.run])[0].seconds }

  @Test("a processor's rates are the processor's, a GPU's the GPU's")
  func engineOfRates() throws {
    let both = history(nil, update: 7, step: 3, pass: 1)
      .adding(history("torch gpu", update: 0.7, step: 0.3, pass: 0.1))
    for (model, unit) in [(try model(both), 1.0), (try model(both).onGPU(), 0.1)] {
      // 30 epochs of a step and a pass, in 157 batches of at most 32; 700 initialisations.
      #expect(abs(training(model) - 30 * (157 * 7 + 5000 * (3 + 1)) * unit) < 1e-6)
      #expect(abs(kernel(model) - 700 * 7000 * unit) < 1e-6)
      #expect(model.hasMeasuredRates)
    }
    let (processor, gpu) = (history(nil, step: 3, pass: 1), history("torch gpu", step: 3, pass: 1))
    #expect(try training(model(processor).onGPU()) == training(model().onGPU()))
    #expect(try training(model(gpu)) == training(model()))
    #expect(try !model(processor).onGPU().hasMeasuredRates && !model(gpu).hasMeasuredRates)
    // Another engine on the processor has rates of its own.
    #expect(try training(model(processor, on: engines[1])) != training(model(processor)))
  }

  @Test(
    "what work took on one engine corrects none of another, and a prior is the processor's wherever it is")
  func engineOfFactors() throws {
    var seen = CostHistory()
    let name = "training/sgd resnet50 cifar10"
    seen.add(WorkClass(kind: name, size: 5000, engine: "torch gpu"), counted: 1e9, taken: 5e9)
    #expect(try training(model(seen)) == training(model()))
    #expect(try abs(training(model(seen).onGPU()) / training(model().onGPU()) - 5) < 1e-6)
    #expect(try training(model(factors: ["\(name) 5000": 9]).onGPU()) == training(model().onGPU()))
    let (node, gpu) = (try model().parts(Self.run), try model().onGPU().parts(Self.run))
    #expect(node[1] == gpu[1] && node[0].cost.workClass.name == "\(name) 5000")
    #expect(gpu[0].cost.workClass.name == "\(name) by torch gpu 5000")
  }

  @Test("without a measurement a GPU does half of what its data sheet states")
  func counted() throws {
    // ResNet-50 for images of 32 × 32, without a pooling at its stem, has 1.30·10⁹ products and sums an image.
    let pass = 2 * 1.30e9 / (0.5 * 67e12)
    #expect(try abs(kernel(model().onGPU()) / (700 * 7000 * pass) - 1) < 0.01)
    #expect(try abs(training(model().onGPU()) / (30 * 5000 * 4 * pass) - 1) < 0.01)
  }

  @Test("a GPU holds the activations, and the host libtorch and what priors and kernels take")
  func memory() {
    func megabytes(_ bytes: Double) -> Int { Int(((1.25 * bytes / 1e6 + 100) / 100).rounded(.up)) * 100 }
    let square = 8 * 7000.0 * 7000
    let run = 0.2e9 + 4 * 3 * 7000 * 3072 + 6 * square + 0.7e9
    #expect(MemoryModel.megabytes(Self.run) == megabytes(run + 32 * 33e6))
    #expect(MemoryModel.megabytes(Self.run, onGPU: true) == megabytes(run + 3e9))
    let kernel = 0.2e9 + 4 * square + 4 * 7000 * (2048 + 3072) + 0.7e9
    #expect(MemoryModel.megabytes(monteCarloKernelOf: Self.run) == megabytes(kernel + 32 * 33e6))
    #expect(MemoryModel.megabytes(monteCarloKernelOf: Self.run, onGPU: true) == megabytes(kernel + 3e9))
  }

  @Test("a prior of a size that is nowhere known is like those of other networks, and not like a tiny one")
  func priors() throws {
    let factors = ["prior/probit resnet50 cifar10 24": 9000.0, "prior/probit fcn mnist 1250": 0.5]
    let (plain, found) = (
      try model().parts(Self.run)[1].cost, try model(factors: factors).parts(Self.run)[1].cost
    )
    #expect(abs(found.seconds / plain.seconds - 0.5) < 1e-9)
  }

  @Test("classes of work keep their engine in a store; files without engines are the processor's")
  func names() throws {
    let name = "rate/step resnet50 by torch gpu 1"
    #expect(WorkClass(name: name) == .residualStep.by("torch gpu") && WorkClass(name: name)?.name == name)
    #expect(WorkClass(name: "rate/step resnet50 1") == .residualStep)
    let both = history(nil, step: 3, pass: 1).adding(history("torch gpu", step: 0.3, pass: 0.1))
    #expect(both.ofMachine == history(nil, step: 3, pass: 1))
    #expect(both.ofGPUs == history("torch gpu", step: 0.3, pass: 0.1))
    #expect(both.ofGPUs.adding(both.ofMachine) == both)
    let folder = try TemporaryFolder()
    both.write(to: CostStore(folder: folder.path, machine: "m"))
    #expect(CostHistory(CostStore(folder: folder.path, machine: "m")) == both)
  }

  @Test("a GPU is timed on few images and at the batch of a large training, and until its work is done")
  func timing() throws {
    let calls = Calls()
    let measured = try model(on: LateFactory(calls: calls), .keptOrMeasured)
    measured.learnRates()
    #expect(
      calls.all == [
        "engine 128", "train 4", "finish", "train 4", "finish", "train 4", "finish", "train 4", "finish",
        "train 128", "finish", "train 128", "finish", "pass 128", "finish", "pass 128", "finish",
      ])
    #expect(measured.hasMeasuredRates && measured.measuredRates.ofMachine.isEmpty)
    let known = try model(measured.measuredRates, on: LateFactory(calls: calls), .keptOrMeasured)
    known.learnRates()
    #expect(calls.all.count == 17 && training(known) == training(measured))
  }
}

/// What was asked of an engine.
private final class Calls: Sendable {
  private let calls = Mutex<[String]>([])
  var all: [String] { calls.withLock { $0 } }
  func add(_ call: String) { calls.withLock { $0.append(call) } }
}

/// Makes engines that call themselves a GPU and compute nothing.
private struct LateFactory: EngineFactory {
  let calls: Calls
  var name: String { "torch" }
  var description: String { "nothing" }
  var reproducibility: EngineReproducibility { .distribution }
  var threads: Int { 1 }
  var usesGPU: Bool { true }

  func engine(for program: LayerProgram, capacity: Int) -> any ConvolutionEngine {
    calls.add("engine \(capacity)")
    return LateEngine(program: program, capacity: capacity, calls: calls)
  }
}

private final class LateEngine: ConvolutionEngine {
  let program: LayerProgram
  let capacity: Int
  private let calls: Calls
  var parameters: [Float] = []
  var statistics: [Float] = []
  let optimiserMemory = OptimiserMemory()

  init(program: LayerProgram, capacity: Int, calls: Calls) {
    self.program = program
    self.capacity = capacity
    self.calls = calls
  }

  func hold(_ images: Matrix<Float>, labels: [Float]) -> ResidentImages {
    ResidentImages(labels: labels, storage: self)
  }
  func logits(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    calls.add("pass \(range.count)")
    return [Float](repeating: 0, count: range.count)
  }
  func features(of images: ResidentImages, _ range: Range<Int>) -> [Float] { [] }
  func gradient(on batch: ImageBatch, mode: NormalisationMode) -> (loss: Double, gradient: [Float]) {
    (0, [])
  }
  func take(_ sum: GramSum) -> ResidentSum { ResidentSum(storage: self) }
  func add(featuresOf images: ResidentImages, to sum: ResidentSum, isCancelled: () -> Bool) -> Bool { true }
  func value(of sum: ResidentSum) -> GramSum { GramSum(count: 1) }
  func beginTraining(by rule: OptimiserRule, precision: TrainingPrecision, resuming memory: OptimiserMemory?)
  {}
  func train(on batch: ImageBatch) { calls.add("train \(batch.examples.count)") }
  func beginAscent(halfWidth zeta: Double) {}
  func climb(on batch: ImageBatch, rate: Float) {}
  func endAscent() {}
  func finish() { calls.add("finish") }
}
