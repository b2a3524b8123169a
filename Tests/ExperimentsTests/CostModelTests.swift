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

  private static let rates = ComputingRates(
    stepsOnSparseInputs: 1e6, stepsOnDenseInputs: 4e6, factorisations: 1e3)

  private func seconds(_ costs: CostModel, _ run: PlannedRun) -> Double {
    costs.parts(run).reduce(0) { $0 + $1.cost.seconds }
  }

  @Test("a class of work takes as long as this machine took for it, and without that as costs.yml says")
  func factors() throws {
    let run = SmallRuns.plan(attackSizes: [0], epochs: 50_000, measurements: [SmallRuns.sharpness]).runs[0]
    var findings = try SmallRuns.findings()
    findings.factors = [:]
    let rates = Self.rates
    let plain = CostModel(findings: findings, rates: rates).parts(run)
    #expect(plain.map(\.part) == [.training, .measurement(SmallRuns.sharpness.identity)])
    let training = plain[0].cost
    #expect(training.workClass.name == "training/sgd fcn mnist 60")
    #expect(plain[1].cost.workClass.name == "sharpness/mnist-fcn fcn mnist 60")
    findings.factors = [training.workClass.name: 3]
    let found = CostModel(findings: findings, rates: rates).parts(run)
    #expect(found[0].cost.seconds == 3 * training.seconds && found[1] == plain[1])

    var history = CostHistory()
    history.add(training.workClass, counted: 9, taken: 17)
    let seen = CostModel(findings: findings, history: history, rates: rates).parts(run)
    // The file counts as much as one second.
    #expect(abs(seen[0].cost.seconds - (3 + 17) / (1 + 9) * training.seconds) < 1e-9 * training.seconds)
    // A size that is nowhere known is taken for like the others of its kind.
    let other = SmallRuns.plan(
      dataset: DatasetSpec(
        name: .mnist, task: .digits0to4Versus5to9, train: 50, attackPool: 60, test: 100),
      attackSizes: [0], epochs: 50_000, measurements: []
    ).runs[0]
    let unseen = CostModel(findings: findings, history: history, rates: rates)
    let counted = CostModel(findings: CostFindings(epochs: findings.epochs), rates: rates)
    #expect(abs(seconds(unseen, other) / seconds(counted, other) - 17.0 / 9) < 1e-9)
  }

  @Test("every factor of costs.yml is that of a class of work")
  func namesOfFactors() throws {
    let names = try SmallRuns.findings().factors.keys
    #expect(names.count > 20)
    for name in names { #expect(WorkClass(name: name)?.name == name) }
  }

  @Test("of two histories the later counts twice as much, and a store keeps one")
  func history() throws {
    let workClass = WorkClass(kind: "training/sgd fcn mnist", size: 60)
    var (first, second) = (CostHistory(), CostHistory())
    first.add(workClass, counted: 4, taken: 8)
    second.add(workClass, counted: 4, taken: 2)
    second.add(WorkClass(kind: "other", size: 1), counted: 1, taken: 1)
    var both = CostHistory()
    both.add(workClass, counted: 6, taken: 6)
    both.add(WorkClass(kind: "other", size: 1), counted: 1, taken: 1)
    #expect(first.followed(by: second) == both)
    let folder = try TemporaryFolder()
    let store = CostStore(folder: folder.path, machine: "m")
    #expect(CostHistory(store).isEmpty)
    both.write(to: store)
    #expect(CostHistory(store) == both)
    #expect(WorkClass(name: workClass.name) == workClass && WorkClass(name: "x") == nil)
  }

  @Test("a sample of functions takes all workers as long as some networks that are drawn now")
  func samples() throws {
    func spec(_ samples: Int, hidden: [Int]) -> FunctionSampleSpec {
      FunctionSampleSpec(
        network: NetworkSpec(kind: .fcn, hidden: hidden, weightVariance: 1, biasStandardDeviation: 0.1),
        variables: 7, samples: samples, kept: 1, seed: 1)
    }
    let costs = CostModel(findings: CostFindings())
    let cost = costs.sample(spec(3_000_000, hidden: [40, 40]))
    #expect(cost.workClass.name == "sample 40-40 7")
    #expect(costs.sample(spec(1000, hidden: [4])).seconds > 0)
    var history = CostHistory()
    history.add(cost.workClass, counted: 1e9, taken: 1e12)
    let slow = CostModel(findings: CostFindings(), history: history)
    #expect(slow.sample(spec(3_000_000, hidden: [40, 40])).seconds > 50 * cost.seconds)
  }

  private static let adam = OptimiserSpec.Rule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)

  @Test(
    "the first row of costs.yml that fits a training counts its epochs, at most to its cap",
    arguments: [
      (.cifar10, adam, .shuffled, 5000, 1500, 50_000),
      (.cifar10, adam, .shuffled, 5000, 1000, 140 + 100 * 0.2),
      (.cifar10, adam, .shuffled, 500, 500, 140 + 100), (.cifar10, .sgd, .shuffled, 5000, 5000, 500 + 900),
      (.drawnShapes, .sgd, .shuffled, 500, 0, 190), (.mnist, adam, .shuffled, 5000, 5000, 18 + 30),
      (.mnist, .sgd, .shuffled, 500, 250, 130 + 170 * 0.5), (.mnist, .sgd, .fixed, 500, 250, 150 + 800 * 0.5),
      (.fashionMNIST, .sgd, .shuffled, 10_000, 10_000, 266 + 1500),
      (.mnist, .sgd, .shuffled, 1, 1000, 50_000),
    ] as [(DatasetName, OptimiserSpec.Rule, OptimiserSpec.BatchOrder, Int, Int, Double)])
  func epochs(
    name: DatasetName, rule: OptimiserSpec.Rule, order: OptimiserSpec.BatchOrder, train: Int, attackSize: Int,
    expected: Double
  ) throws {
    let run = SmallRuns.plan(
      dataset: DatasetSpec(
        name: name, task: name.facts.tasks[0], train: train, attackPool: attackSize, test: 100),
      attackSizes: [attackSize], epochs: 50_000,
      optimiser: OptimiserSpec(rule: rule, learningRate: 0.01, batch: 32, batchOrder: order), measurements: []
    ).runs[0]
    #expect(try SmallRuns.findings().epochs(run.training) == expected)
  }

  @Test("a training takes the flops of its products at the rate that is given, a prior those of its sweeps")
  func flops() throws {
    let run = SmallRuns.plan(
      attackSizes: [30], epochs: 50_000, measurements: [.atZeroError(.prior(SmallRuns.priorSettings[0]))]
    ).runs[0]
    let costs = CostModel(
      findings: CostFindings(epochs: try SmallRuns.findings().epochs),
      rates: Self.rates)
    // Forward and backward over S and A, forward over S; 784-40-40-1 with |S| = 60, |A| = 30.
    let epochs = 130 + 170 * 0.5
    let weights = Double(784 * 40 + 40 * 40 + 40)
    // Five times 2n³/3 with the step, n = 160.
    let prior = 5.0 * 2 * 160 * 160 * 160 / 3
    #expect(seconds(costs, run) == epochs * (6 * 90 + 2 * 60) * weights / 1e6 + prior / 1e3)
    // Few of the inputs of a colour image are zero: another rate, and 3072-40-40-1.
    let colour = SmallRuns.plan(
      dataset: DatasetSpec(
        name: .cifar10, task: .automobileVersusCat, train: 60, attackPool: 60, test: 100),
      attackSizes: [0], epochs: 50_000, measurements: []
    ).runs[0]
    #expect(seconds(costs, colour) == 440 * 8 * 60 * Double(3072 * 40 + 40 * 40 + 40) / 4e6)
  }

  @Test("the rates of this machine are numbers, however many threads are asked for", arguments: [1, 2, 100])
  func measured(threads: Int) {
    let rates = ComputingRates.measured(threads: threads)
    for rate in [rates.stepsOnSparseInputs, rates.stepsOnDenseInputs, rates.factorisations] {
      #expect(rate.isFinite && rate > 0)
    }
  }

  @Test("a timeline takes its epochs and, at each point, its measurements, by as many workers as there are")
  func timeline() throws {
    let timeline = TimelineSettings(
      epochsPast: 100, every: 4, rescaling: nil, measurements: SmallRuns.followed)
    let run = SmallRuns.plan(
      attackSizes: [0], epochs: 50_000, measurements: [.timeline(timeline)]
    ).runs[0]
    func model(_ jobs: Int) throws -> CostModel {
      CostModel(
        findings: CostFindings(epochs: try SmallRuns.findings().epochs), jobs: jobs,
        rates: Self.rates)
    }
    let (one, two, many) = (try model(1).parts(run), try model(2).parts(run), try model(1000).parts(run))
    #expect(one.map(\.part) == [.training, .measurement(MeasurementSpec.timeline(timeline).identity)])
    let points = (100 + 130.0) / 4
    let step = points * 5 * 2 * 160 * 160 * 160 / 3 / 1e3
    let epochs = one[0].cost.seconds * (100 + 130) / 130
    let measured = one[1].cost.seconds - epochs
    #expect(abs(two[1].cost.seconds - epochs - max(measured / 2, step)) < 1e-6 * measured)
    // The priors of a block follow one another.
    #expect(abs(many[1].cost.seconds - epochs - step) < 1e-6 * step)
  }

  @Test("more attack images, more measurements and more epochs cost more, and all a positive time")
  func counted() throws {
    let costs = CostModel(findings: try SmallRuns.findings())
    let times = long.runs.map { seconds(costs, $0) }
    #expect(times[0] > 0)
    #expect(times[0] < times[1] && times[1] < times[2])
    var bare = long.runs[0]
    bare.measurements = []
    #expect(seconds(costs, bare) < times[0])
    var short = bare
    short.training.stop.epochs = 1
    #expect(seconds(costs, short) < seconds(costs, bare))
  }
}

extension CostModel {
  /// A model for tests that ask for no residual network.
  fileprivate init(
    findings: CostFindings, history: CostHistory = CostHistory(), jobs: Int = 1,
    rates: ComputingRates? = nil
  ) {
    self.init(findings: findings, history: history, jobs: jobs, engines: engines[1], rates: rates)
  }
}
