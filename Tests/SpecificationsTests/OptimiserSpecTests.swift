import Encodings
import Foundation
import Specifications
import Testing

@Suite("Optimiser specs")
struct OptimiserSpecTests {
  /// The texts under which trainings were stored when hyperparameters were a dictionary: keys are made from
  /// them.
  static let stored: [(OptimiserSpec, String)] = [
    (
      OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 32),
      #"{"batch":32,"batchOrder":"shuffled","kind":"sgd","learningRate":0.01}"#
    ),
    (
      OptimiserSpec(rule: .sgd, learningRate: 0.1, batch: nil, batchOrder: .fixed),
      #"{"batchOrder":"fixed","kind":"sgd","learningRate":0.1}"#
    ),
    (
      OptimiserSpec(rule: .momentum(momentum: 0.9), learningRate: 0.01, batch: 16),
      #"{"batch":16,"batchOrder":"shuffled","hyperparameters":{"momentum":0.9},"kind":"momentum","#
        + #""learningRate":0.01}"#
    ),
    (
      OptimiserSpec(rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 1e-3, batch: 32),
      #"{"batch":32,"batchOrder":"shuffled","hyperparameters":{"beta1":0.9,"beta2":0.999,"epsilon":1e-8},"#
        + #""kind":"adam","learningRate":0.001}"#
    ),
    (
      OptimiserSpec(rule: .adagrad(initialAccumulator: 0.1), learningRate: 0.01, batch: 16),
      #"{"batch":16,"batchOrder":"shuffled","hyperparameters":{"initialAccumulator":0.1},"kind":"adagrad","#
        + #""learningRate":0.01}"#
    ),
    (
      OptimiserSpec(rule: .rmsprop(decay: 0.9, epsilon: 1e-10), learningRate: 1e-3, batch: 16),
      #"{"batch":16,"batchOrder":"shuffled","hyperparameters":{"decay":0.9,"epsilon":1e-10},"kind":"rmsprop","#
        + #""learningRate":0.001}"#
    ),
    (
      OptimiserSpec(
        rule: .entropySGD(
          langevinSteps: 20, scope: 0.03, innerLearningRate: 0.1, thermalNoise: 1e-4, averaging: 0.75),
        learningRate: 1, batch: 16),
      #"{"batch":16,"batchOrder":"shuffled","hyperparameters":{"averaging":0.75,"innerLearningRate":0.1,"#
        + #""langevinSteps":20,"scope":0.03,"thermalNoise":0.0001},"kind":"entropy-sgd","learningRate":1}"#
    ),
  ]

  @Test("every optimiser has the text that its stored runs have, and is read back from it", arguments: stored)
  func coding(optimiser: OptimiserSpec, text: String) throws {
    #expect(try CanonicalJSON.text(of: optimiser) == text)
    #expect(try JSONDecoder().decode(OptimiserSpec.self, from: Data(text.utf8)) == optimiser)
    #expect(
      try JSONDecoder().decode(OptimiserSpec.self, from: JSONEncoder().encode(optimiser)) == optimiser)
  }

  @Test("a precision stands in the text, and in the names, where it is not Float32")
  func precisions() throws {
    let tail = #","kind":"sgd","learningRate":0.1"#
    for (precision, end, name, printedName) in [
      (OptimiserSpec.Precision.float32, "}", "sgd", "SGD"),
      (.tf32, #","precision":"tf32"}"#, "sgd-tf32", "SGD in TF32"),
      (.bf16, #","precision":"bf16"}"#, "sgd-bf16", "SGD in bfloat16"),
    ] {
      let optimiser = OptimiserSpec(rule: .sgd, learningRate: 0.1, batch: 8, precision: precision)
      let text = #"{"batch":8,"batchOrder":"shuffled""# + tail + end
      #expect(try CanonicalJSON.text(of: optimiser) == text)
      #expect(try JSONDecoder().decode(OptimiserSpec.self, from: Data(text.utf8)) == optimiser)
      #expect(optimiser.name == name && optimiser.printedName == printedName)
    }
    let descent = OptimiserSpec(rule: .sgd, learningRate: 0.1, batch: nil, precision: .tf32)
    #expect(descent.name == "full-batch-gd-tf32")
    // The epochs to zero error are those of the rule.
    let training = TrainingSpec(
      dataset: DatasetSpec(name: .cifar10, task: .automobileVersusCat, train: 5, attackPool: 4, test: 3),
      network: NetworkSpec(kind: .resnet50, hidden: [], biasStandardDeviation: 1), optimiser: descent,
      attackSize: 0, sample: 0, stop: StopSpec(at: .zeroErrorOnTrain, epochs: 50_000), seed: 1)
    let findings = CostFindings(epochs: [
      .init(optimiser: "full-batch-gd", count: .about(7, perAttackedShare: 0))
    ])
    #expect(findings.epochs(training) == 7)
  }

  @Test("the texts above are of every kind, and a kind has the hyperparameters that its rule is made from")
  func kinds() {
    #expect(Set(Self.stored.map(\.0.rule.kind)) == Set(OptimiserSpec.Kind.allCases))
    for (optimiser, _) in Self.stored {
      let rule = optimiser.rule
      #expect(Set(rule.kind.hyperparameters) == Set(rule.hyperparameters.keys))
    }
  }

  @Test(
    "a hyperparameter that is missing or out of its bounds is not read",
    arguments: [
      #"{"beta1":0.9,"beta2":0.999}"#, #"{"beta1":1,"beta2":0.999,"epsilon":1e-8}"#,
      #"{"beta1":0.9,"beta2":-0.1,"epsilon":1e-8}"#, #"{"beta1":0.9,"beta2":0.999,"epsilon":0}"#,
    ])
  func mistakes(hyperparameters: String) {
    let text =
      #"{"batch":32,"batchOrder":"shuffled","hyperparameters":"# + hyperparameters
      + #","kind":"adam","learningRate":0.001}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(OptimiserSpec.self, from: Data(text.utf8))
    }
  }

  @Test(
    "a bound holds at both of its ends",
    arguments: [
      (NumberBound.positive, [1e-300, 1e300], [0, -1, .infinity]), (.notNegative, [0], [-1e-300, .nan]),
      (.belowOne, [0, 0.9999999999999999], [1, -1e-300]), (.upToOne, [1e-300, 1], [0, 1.0000000000000002]),
      (.count, [1, 10_000_000], [0, 1.5, 10_000_001, .nan]), (.any, [-1e300], [.nan, -.infinity]),
    ] as [(NumberBound, [Double], [Double])])
  func bounds(bound: NumberBound, inside: [Double], outside: [Double]) {
    for value in inside { #expect(bound.contains(value), "\(bound): \(value)") }
    for value in outside { #expect(!bound.contains(value), "\(bound): \(value)") }
  }
}
