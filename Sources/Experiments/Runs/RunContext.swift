import Datasets
import NeuralNetworks
import RandomStreams
import Specifications
import Training

/// The inputs of one run: its images, its random streams, and the beginning of its training.
///
/// Every random number comes from the seed, the attack size and the sample, through named streams; so the
/// same run gives the same numbers whatever ran before it or beside it.
struct RunContext: Sendable {
  let spec: TrainingSpec
  let split: AttackSetSplit
  let key: RandomKey
  /// S, then A with flipped labels.
  let set: BinaryImages

  init(_ spec: TrainingSpec, split: AttackSetSplit) {
    self.spec = spec
    self.split = split
    key = RandomKey(seed: spec.seed).split("runs").split(spec.attackSize).split(spec.sample)
    set = split.trainingSet(attacked: Self.attacked(spec, key: key))
  }

  /// Which images of the pool are attacked: the first |A|, or a random subset of that size, in ascending order.
  static func attacked(_ spec: TrainingSpec, key: RandomKey) -> [Int] {
    if spec.attackSelection == .first { return Array(0..<spec.attackSize) }
    var stream = RandomStream(key.split("attack-set"))
    return stream.nextPermutation(of: spec.dataset.attackPool).prefix(spec.attackSize).sorted()
  }

  /// The shape of a fully connected network of the spec.
  var shape: FullyConnectedShape {
    FullyConnectedShape(inputs: split.training.inputs.columns, hidden: spec.network.hidden)
  }

  /// S and A, of which S is scored.
  var trainingSet: TrainingSet {
    TrainingSet(inputs: set.inputs, labels: set.labels, scoredCount: split.training.count)
  }

  /// How minibatches are ordered.
  var batchOrder: Minibatches.Order { spec.optimiser.batchOrder == .shuffled ? .shuffled : .fixed }

  /// f of `network`: its 0/1 outputs on S, then E.
  func function(of network: FullyConnectedNetwork) -> [UInt8] {
    network.function(on: split.training.inputs) + network.function(on: split.test.inputs)
  }

  /// The accuracy of f (``function(of:)``) on E; nil if E is empty.
  func testAccuracy(of function: [UInt8]) -> Double? {
    split.test.labels.isEmpty
      ? nil : Self.accuracy(function[split.training.count...], split.test.labels[...])
  }

  /// The state of a training, from the outputs of its network.
  func state(
    of session: TrainingSession<some NetworkLearner>, status: TrainingResult.Status, outputs: NetworkOutputs,
    parameterNorm norm: Double
  ) -> TrainingResult {
    let onAttack = outputs.onTrainingSet.dropFirst(split.training.count)
    return TrainingResult(
      status: status, epochs: session.epoch,
      lossOnTrain: session.lossOnTrain.isFinite ? session.lossOnTrain : nil,
      trainAccuracy: session.trainAccuracy,
      attackAccuracy: onAttack.isEmpty
        ? nil : Self.accuracy(onAttack, set.labels.dropFirst(split.training.count)),
      testAccuracy: testAccuracy(of: outputs.function), function: Self.text(outputs.function),
      parameterNorm: norm.isFinite ? norm : nil)
  }

  /// f as text of 0 and 1.
  static func text(_ function: [UInt8]) -> String {
    String(decoding: function.map { UInt8(ascii: "0") + $0 }, as: UTF8.self)
  }

  private static func accuracy(_ outputs: ArraySlice<UInt8>, _ labels: ArraySlice<UInt8>) -> Double {
    Double(zip(outputs, labels).filter { $0 == $1 }.count) / Double(labels.count)
  }
}
