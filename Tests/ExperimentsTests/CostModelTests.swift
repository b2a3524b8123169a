import DatasetDescriptions
import Planning
import RunStorage
import Specifications
import TestSupport
import Testing

@testable import Experiments

@Suite("Expected times")
struct CostModelTests {
  private let long = SmallRuns.plan(attackSizes: [0, 30, 60], epochs: 50_000)

  private func record(_ training: TrainingSpec, seconds: Double, sharpness: Double) throws -> RunRecord {
    let training = TrainingSpec(
      dataset: training.dataset, network: training.network, optimiser: training.optimiser,
      attackSize: training.attackSize, sample: 7, stop: training.stop, seed: 5)
    return try RunRecord(
      spec: training, dataDigest: "d", dataSummary: "MNIST",
      results: RunResult(
        training: TrainingResult(
          status: .converged, epochs: 3, lossOnTrain: 0.1, trainAccuracy: 1, attackAccuracy: nil,
          testAccuracy: 0.5,
          function: "01", parameterNorm: 1), measurements: [:]),
      provenance: RunProvenance(
        plateauVersion: "0", blasKernel: "", blasLibrary: "", architecture: "", swiftVersion: "",
        replayClass: .bitwise, secondsOfTraining: seconds,
        secondsByMeasurement: [SmallRuns.sharpness.identity: sharpness]))
  }

  @Test(
    "a run takes as long as the stored one of its kind that is nearest in |A|, whatever its sample and seed")
  func known() throws {
    let plan = SmallRuns.plan(attackSizes: [0, 30, 60], epochs: 50_000, measurements: [SmallRuns.sharpness])
    let costs = CostModel(
      known: [
        try record(plan.runs[0].training, seconds: 100, sharpness: 1),
        try record(plan.runs[2].training, seconds: 900, sharpness: 2),
      ], findings: try SmallRuns.findings())
    #expect(costs.seconds(plan.runs[0]) == 101)
    #expect(costs.seconds(plan.runs[2]) == 902)
    var near = plan.runs[1]
    near.training.attackSize = 40
    #expect(costs.seconds(near) == 902)
  }

  @Test(
    "a sample of functions takes as long for each network as a stored one of the same networks, or as some drawn now"
  )
  func samples() throws {
    func spec(_ samples: Int, hidden: [Int] = [40, 40]) -> FunctionSampleSpec {
      FunctionSampleSpec(
        network: NetworkSpec(kind: .fcn, hidden: hidden, weightVariance: 1, biasStandardDeviation: 0.1),
        variables: 7, samples: samples, kept: 1, seed: 1)
    }
    let record = try FunctionSampleRecord(
      spec: spec(1_000_000),
      result: FunctionSampleResult(
        samples: 0, distinct: 0, functions: [], counts: [], complexities: [], countValues: [],
        countFunctions: [], complexityClasses: []),
      provenance: FunctionSampleProvenance(
        plateauVersion: "0", arithmetic: "", architecture: "", swiftVersion: "", replayClass: .bitwise,
        secondsOfDrawing: 500, samplesDrawn: 500_000, secondsOfCounting: 1000))
    let costs = CostModel(known: [], knownSamples: [record], findings: try SmallRuns.findings())
    #expect(costs.seconds(spec(3_000_000)) == 6000)
    #expect(costs.seconds(spec(3_000_000, hidden: [4])) < 3000)
    #expect(costs.seconds(spec(1000, hidden: [4])) > 0)
  }

  private static let adam = OptimiserSpec.Rule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)

  @Test(
    "the first row of costs.yml that fits a training counts its epochs, at most to its cap",
    arguments: [
      (.cifar10, adam, 5000, 1500, 50_000), (.cifar10, adam, 5000, 1000, 140 + 700 * 0.2),
      (.cifar10, adam, 500, 500, 140 + 700), (.cifar10, .sgd, 5000, 5000, 140 + 700),
      (.drawnShapes, .sgd, 500, 0, 140), (.mnist, adam, 5000, 5000, 140 + 210),
      (.mnist, .sgd, 1, 1000, 50_000),
    ] as [(DatasetName, OptimiserSpec.Rule, Int, Int, Double)])
  func epochs(name: DatasetName, rule: OptimiserSpec.Rule, train: Int, attackSize: Int, expected: Double)
    throws
  {
    let run = SmallRuns.plan(
      dataset: DatasetSpec(
        name: name, task: name.facts.tasks[0], train: train, attackPool: attackSize, test: 100),
      attackSizes: [attackSize], epochs: 50_000,
      optimiser: OptimiserSpec(rule: rule, learningRate: 0.01, batch: 32), measurements: []
    ).runs[0]
    #expect(try SmallRuns.findings().epochs(run.training) == expected)
  }

  @Test("a training takes the flops of its products at the rate that is given, a prior those of its sweeps")
  func flops() throws {
    let run = SmallRuns.plan(
      attackSizes: [30], epochs: 50_000, measurements: [.atZeroError(.prior(SmallRuns.priorSettings[0]))]
    ).runs[0]
    let costs = CostModel(
      known: [], findings: try SmallRuns.findings(),
      rates: ComputingRates(products: 1e6, factorisations: 1e3))
    // Forward and backward over S and A, forward over S; 784-40-40-1 with |S| = 60, |A| = 30.
    let epochs = 140 + 210 * 0.5
    let weights = Double(784 * 40 + 40 * 40 + 40)
    // Twelve sweeps of 2n³/3 with the step, n = 160.
    let prior = 12.0 * 2 * 160 * 160 * 160 / 3
    #expect(costs.seconds(run) == epochs * (6 * 90 + 2 * 60) * weights / 1e6 + prior / 1e3)
  }

  @Test("a stored training that came to zero error does not hide that its neighbour goes on to its cap")
  func unendingNeighbour() throws {
    let plan = SmallRuns.plan(
      dataset: DatasetSpec(
        name: .cifar10, task: .automobileVersusCat, train: 5000, attackPool: 5000, test: 100),
      attackSizes: [1000, 1500, 2000], epochs: 50_000,
      optimiser: OptimiserSpec(rule: Self.adam, learningRate: 1e-3, batch: 32),
      measurements: [SmallRuns.sharpness])
    let findings = try SmallRuns.findings()
    let stored = try plan.runs.map { try record($0.training, seconds: 1e-3, sharpness: 2e-3) }
    #expect(CostModel(known: [stored[0]], findings: findings).seconds(plan.runs[1]) > 10)
    #expect(CostModel(known: [stored[0], stored[2]], findings: findings).seconds(plan.runs[1]) == 3e-3)
    #expect(CostModel(known: [stored[0]], findings: findings).seconds(plan.runs[0]) == 3e-3)
  }

  @Test("a stored run of another kind says nothing")
  func otherKind() throws {
    var other = long.runs[0].training
    other.optimiser.learningRate = 0.5
    let costs = CostModel(
      known: [try record(other, seconds: 1e9, sharpness: 1e9)], findings: try SmallRuns.findings())
    #expect(costs.seconds(long.runs[0]) < 1e8)
  }

  @Test("more attack images, more measurements and more epochs cost more, and all a positive time")
  func counted() throws {
    let costs = CostModel(known: [], findings: try SmallRuns.findings())
    let times = long.runs.map(costs.seconds)
    #expect(times[0] > 0)
    #expect(times[0] < times[1] && times[1] < times[2])
    var bare = long.runs[0]
    bare.measurements = []
    #expect(costs.seconds(bare) < times[0])
    var short = bare
    short.training.stop.epochs = 1
    #expect(costs.seconds(short) < costs.seconds(bare))
  }
}

extension CostModel {
  /// A model for tests that ask for no residual network.
  fileprivate init(
    known: [RunRecord], knownSamples: [FunctionSampleRecord] = [], findings: CostFindings,
    rates: ComputingRates = .measured()
  ) {
    self.init(
      known: known, knownSamples: knownSamples, findings: findings, engines: engines[1], rates: rates)
  }
}
