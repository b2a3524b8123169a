import Datasets
import Encodings
import Foundation
import NeuralNetworks
import Planning
import RandomStreams
import RunStorage
import Specifications
import TestSupport
import Testing

@testable import Experiments

/// A run against the same done again from public pieces, in Float64 and plain loops.
@Suite("What a run does")
struct PipelineTests {
  private let split: AttackSetSplit

  init() throws { split = try SmallRuns.data()[SmallRuns.plan().runs[0].training].split }

  private func key(attackSize: Int, sample: Int = 0) -> RandomKey {
    RandomKey(seed: 1).split("runs").split(attackSize).split(sample)
  }

  private func attacked(size: Int, sample: Int = 0) -> [Int] {
    var stream = RandomStream(key(attackSize: size, sample: sample).split("attack-set"))
    return stream.nextPermutation(of: SmallRuns.dataset.attackPool).prefix(size).sorted()
  }

  private func row(_ images: BinaryImages, _ index: Int) -> [Double] {
    images.inputs.row(index).map(Double.init)
  }

  /// S, then the attacked images with their labels flipped.
  private func examples(attacked: [Int]) -> [(x: [Double], label: Double)] {
    split.training.labels.indices.map { (row(split.training, $0), Double(split.training.labels[$0])) }
      + attacked.map { (row(split.attackPool, $0), 1 - Double(split.attackPool.labels[$0])) }
  }

  private func outcome(_ plan: Plan) throws -> RunOutcome {
    let data = try SmallRuns.data()
    let run = try #require(plan.runs.first)
    let family = FullyConnectedFamily(
      kernels: try KernelCatalogue(runs: plan.runs, data: data), workspaces: PriorWorkspaces(), workers: 1)
    return try RunExecution(
      family: family, context: RunContext(run.training, split: data[run.training].split),
      isCancelled: { false }, progress: RunProgress()
    ).execute(run, known: nil)
  }

  @Test("attacked are the first images of the pool where the spec says so, and else a subset of each sample")
  func attackSelection() {
    func attacked(_ selection: AttackSelection, sample: Int) -> [Int] {
      let plain = SmallRuns.plan().runs[0].training
      let spec = TrainingSpec(
        dataset: plain.dataset, network: plain.network, optimiser: plain.optimiser, attackSize: 20,
        attackSelection: selection, sample: sample, stop: plain.stop, seed: 1)
      return RunContext.attacked(spec, key: key(attackSize: 20, sample: sample))
    }
    #expect(attacked(.first, sample: 0) == Array(0..<20))
    #expect(attacked(.first, sample: 3) == Array(0..<20))
    #expect(attacked(.random, sample: 0) == self.attacked(size: 20, sample: 0))
    #expect(attacked(.random, sample: 3) == self.attacked(size: 20, sample: 3))
    #expect(attacked(.random, sample: 0) != attacked(.random, sample: 3))
  }

  @Test("the trained network is that of plain gradient descent on S and the flipped A", arguments: [0, 30])
  func training(attackSize: Int) throws {
    let found = try outcome(SmallRuns.plan(attackSizes: [attackSize], epochs: 3, measurements: []))
    let key = key(attackSize: attackSize)
    var network = PlainNetwork(
      FullyConnectedNetwork(
        initialising: FullyConnectedShape(inputs: 784, hidden: [40, 40]), biasStandardDeviation: 1,
        key: key.split("initialisation")))
    let examples = examples(attacked: attacked(size: attackSize))
    var stream = RandomStream(key.split("minibatches"))
    var order = Array(examples.indices)
    for _ in 0..<3 {
      stream.shuffle(&order)
      for start in stride(from: 0, to: order.count, by: 32) {
        network.step(
          order[start..<min(start + 32, order.count)].map { examples[$0] }, learningRate: 0.01)
      }
    }
    // Nine steps in Float32 on parameters of size 1: some roundings of 6e-8 each. A single label, or the
    // order of two batches, changed would move weights by 1e-4 and more.
    let trained = try #require(found.network.fullyConnected)
    let worst = zip(trained.parameters, network.parameters).map { abs(Double($0) - $1) }.max() ?? .nan
    #expect(trained.parameters.count == network.parameters.count)
    #expect(worst < 5e-6)
  }

  @Test("the function is the bits logit ≥ 0 on S then E; accuracies, loss and norm are the kept network's")
  func description() async throws {
    let folder = try TemporaryFolder()
    let plan = SmallRuns.plan(attackSizes: [30], measurements: [])
    let record = try #require(
      try await SmallRuns.execute(plan, in: folder.store, keepsWeights: true).first)
    let path = WeightsFolder(store: folder.store.folder).path(for: record.key)
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata["run"] == record.key.description)
    #expect(file.metadata["spec"] == (try CanonicalJSON.text(of: record.spec)))
    let network = PlainNetwork(try FullyConnectedNetwork(file, path: path))

    let onTrain = (0..<60).map { network.logit(row(split.training, $0)) }
    let onTest = (0..<100).map { network.logit(row(split.test, $0)) }
    let onAttack = examples(attacked: attacked(size: 30)).dropFirst(60)
    let training = record.results.training
    // Nearer to 0 than Float32 can tell, either bit would be right.
    #expect((onTrain + onTest).allSatisfy { abs($0) > 1e-5 })
    #expect(training.function == (onTrain + onTest).map { $0 >= 0 ? "1" : "0" }.joined())
    func share(_ pairs: some Collection<(Double, Double)>) -> Double {
      Double(pairs.filter { ($0.0 >= 0) == ($0.1 == 1) }.count) / Double(pairs.count)
    }
    #expect(training.trainAccuracy == share(Array(zip(onTrain, split.training.labels.map(Double.init)))))
    #expect(training.testAccuracy == share(Array(zip(onTest, split.test.labels.map(Double.init)))))
    #expect(training.attackAccuracy == share(onAttack.map { (network.logit($0.x), $0.label) }))
    let loss = examples(attacked: []).reduce(0) { $0 + network.loss($1.x, label: $1.label) } / 60
    let norm = network.parameters.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // Logits carry some roundings of Float32, 6e-8 each; the norm is summed in Float64 from the same numbers.
    #expect(abs(try #require(training.lossOnTrain) - loss) < 1e-6 * loss)
    #expect(abs(try #require(training.parameterNorm) - norm) < 1e-12 * norm)
  }

  @Test("a training starts from the same network and attack set whatever its optimiser")
  func initialisation() throws {
    let expected = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 784, hidden: [40, 40]), biasStandardDeviation: 1,
      key: key(attackSize: 30).split("initialisation"))
    for (batch, order) in [(32, OptimiserSpec.BatchOrder.shuffled), (16, .shuffled), (90, .fixed)] {
      // A step this short changes no Float32.
      let optimiser = OptimiserSpec(rule: .sgd, learningRate: 1e-30, batch: batch, batchOrder: order)
      let found = try outcome(
        SmallRuns.plan(attackSizes: [30], epochs: 1, optimiser: optimiser, measurements: []))
      #expect(found.network.fullyConnected == expected)
    }
  }

  @Test("attack sets are subsets of the pool of the size asked for, and differ between samples")
  func attackSets() throws {
    let plan = SmallRuns.plan(attackSizes: [0, 1, 30, 60], samplesPerSize: 4)
    for size in [0, 1, 30, 60] {
      let specs = plan.runs.map(\.training).filter { $0.attackSize == size }
      let sets = specs.map { RunContext.attacked($0, key: key(attackSize: size, sample: $0.sample)) }
      #expect(sets.count == 4)
      for set in sets {
        #expect(set.count == size)
        #expect(Set(set).count == size)
        #expect(set.allSatisfy { (0..<60).contains($0) })
        #expect(set == set.sorted())
      }
      // Of the size of the pool there is one set; two of 30 agree with a chance of 1e-17.
      if size == 30 { #expect(Set(sets).count == 4) }
      if size == 60 { #expect(sets.allSatisfy { $0 == Array(0..<60) }) }
    }
  }

  @Test("a loss that leaves the numbers makes a failed run without measurements, not an error")
  func divergence() throws {
    let optimiser = OptimiserSpec(rule: .sgd, learningRate: 1e30, batch: 32)
    let found = try outcome(SmallRuns.plan(attackSizes: [0], optimiser: optimiser))
    #expect(found.result.training.status == .failed)
    #expect(found.result.training.lossOnTrain == nil)
    #expect(found.result.measurements.isEmpty)
    #expect(found.result.training.function.count == 160)
  }
}

extension TrainedNetwork {
  /// The fully connected network, if it is one.
  var fullyConnected: FullyConnectedNetwork? {
    if case .fullyConnected(let network) = self { network } else { nil }
  }
}
