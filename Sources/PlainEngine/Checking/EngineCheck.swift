import LinearAlgebra
package import NeuralNetworks
import Optimisers
import RandomStreams

/// An engine beside plain loops, on a small residual network with every kind of layer: what tells on a machine whether
/// its engine can be trusted there.
///
/// The tolerances are those of the engines' tests, where plain loops in Float64 are the measure: a rounding of Float32
/// is 6 · 10⁻⁸, and the network is ten layers deep.
package struct EngineCheck: Sendable {
  private let engine: any EngineFactory
  private let reference: any EngineFactory = PlainEngineFactory()

  /// A check of the engines that `engine` makes.
  package init(_ engine: any EngineFactory) { self.engine = engine }

  /// Of a logit or a feature, relative to itself or 1.
  static let value = 1e-4
  /// Of a mean loss.
  static let loss = 1e-5
  /// Of a gradient, relative to the norm of its tensor: far below any wrong term.
  static let gradient = 5e-4
  /// Several steps add their deviations.
  static let steps = 3

  /// Compares all that an engine does, and tells each finding as it comes.
  ///
  /// - Returns: every finding.
  /// - Throws: `ConvolutionEngineError` where the engine cannot be made.
  package func findings(
    tell: (EngineFinding) -> Void = { _ in }
  ) throws(ConvolutionEngineError) -> [EngineFinding] {
    let problem = CheckProblem()
    let (ours, theirs) = (try CheckedEngine(engine, problem), try CheckedEngine(reference, problem))
    var findings: [EngineFinding] = []
    for comparison in Self.comparisons {
      for finding in comparison(ours, theirs) {
        tell(finding)
        findings.append(finding)
      }
    }
    return findings
  }

  private static var comparisons: [(CheckedEngine, CheckedEngine) -> [EngineFinding]] {
    [outputs, { gradients($0, $1, .training) }, { gradients($0, $1, .evaluation) }, moves]
      + rules.map { name, rule in { training($0, $1, name, rule) } }
      + [goingOn, ascent, products, repetition]
  }

  /// Every rule, with numbers that let each of its terms count.
  private static let rules: [(String, OptimiserRule)] = [
    ("SGD", .sgd(learningRate: 0.02)), ("momentum", .momentum(learningRate: 0.02, momentum: 0.9)),
    ("Adam", .adam(learningRate: 0.01, beta1: 0.5, beta2: 0.75, epsilon: 0.05)),
    ("Adagrad", .adagrad(learningRate: 0.01, initialAccumulator: 0.1)),
    ("RMSProp", .rmsprop(learningRate: 0.01, decay: 0.9, epsilon: 0.05)),
  ]

  private static func outputs(_ ours: CheckedEngine, _ theirs: CheckedEngine) -> [EngineFinding] {
    let all = 0..<ours.images.count
    return [
      EngineFinding(
        "logits", ours.engine.logits(of: ours.images, all), theirs.engine.logits(of: theirs.images, all),
        tolerance: value),
      EngineFinding(
        "features", ours.engine.features(of: ours.images, all),
        theirs.engine.features(of: theirs.images, all), tolerance: value),
    ]
  }

  private static func gradients(
    _ ours: CheckedEngine, _ theirs: CheckedEngine, _ mode: NormalisationMode
  ) -> [EngineFinding] {
    let (a, b) = (ours.gradient(mode), theirs.gradient(mode))
    let name = mode == .training ? "batch norm in training mode" : "batch norm in evaluation mode"
    return [
      EngineFinding("loss, \(name)", [a.loss], [b.loss], tolerance: loss),
      gradient("gradient, \(name)", a.gradient, b.gradient, ours),
      EngineFinding(
        "running statistics after it", ours.engine.statistics, theirs.engine.statistics, tolerance: value),
    ]
  }

  private static func gradient(
    _ quantity: String, _ ours: [Float], _ theirs: [Float], _ engine: CheckedEngine
  ) -> EngineFinding {
    EngineFinding(
      quantity: quantity,
      deviation: EngineFinding.deviation(
        ours, theirs, tensors: engine.tensors, scale: theirs, tolerance: gradient),
      relativeTo: "each tensor's gradient", tolerance: gradient)
  }

  private static func moves(_ ours: CheckedEngine, _ theirs: CheckedEngine) -> [EngineFinding] {
    let moves = [
      ImageMove(down: 2, right: -1, mirrored: false), ImageMove(down: -1, right: 0, mirrored: true),
      ImageMove(down: 0, right: 2, mirrored: true), ImageMove(down: 0, right: 0, mirrored: true),
    ]
    return [
      gradient(
        "gradient on images that are cropped and flipped",
        ours.gradient(.evaluation, moves: moves).gradient,
        theirs.gradient(.evaluation, moves: moves).gradient, ours)
    ]
  }

  /// The parameters and the optimiser's memory after one step from a memory, and after several from none.
  private static func training(
    _ ours: CheckedEngine, _ theirs: CheckedEngine, _ name: String, _ rule: OptimiserRule
  ) -> [EngineFinding] {
    let memory = theirs.memory(of: rule)
    return [(1, memory), (steps, nil)].flatMap { count, memory in
      for engine in [ours, theirs] {
        engine.restore()
        engine.engine.beginTraining(by: rule, precision: .float32, resuming: memory)
        engine.train(steps: count)
      }
      return trained(
        count == 1 ? "a step by \(name)" : "\(count) steps by \(name)", ours, theirs, steps: count)
    }
  }

  /// Steps that go on from what the other engine stored, as from a checkpoint.
  private static func goingOn(_ ours: CheckedEngine, _ theirs: CheckedEngine) -> [EngineFinding] {
    [rules[1], rules[2]].flatMap { name, rule in
      theirs.restore()
      theirs.engine.beginTraining(by: rule, precision: .float32, resuming: nil)
      theirs.train(steps: steps)
      let stored = theirs.engine.optimiserMemory
      let (parameters, statistics) = (theirs.engine.parameters, theirs.engine.statistics)
      for engine in [ours, theirs] {
        (engine.engine.parameters, engine.engine.statistics) = (parameters, statistics)
        engine.engine.beginTraining(by: rule, precision: .float32, resuming: stored)
        engine.train(steps: 1)
      }
      return trained(
        "a step by \(name) after \(steps) of plain loops", ours, theirs, from: parameters, steps: 1)
    }
  }

  private static func trained(
    _ what: String, _ ours: CheckedEngine, _ theirs: CheckedEngine, from start: [Float]? = nil, steps: Int
  ) -> [EngineFinding] {
    let way = zip(theirs.engine.parameters, start ?? theirs.problem.network.parameters).map { $0 - $1 }
    let (kept, expected) = (ours.engine.optimiserMemory, theirs.engine.optimiserMemory)
    let tolerance = Double(steps) * gradient
    func deviation(_ a: [Float], _ b: [Float], of scale: [Float]) -> Double {
      EngineFinding.deviation(a, b, tensors: ours.tensors, scale: scale, tolerance: tolerance)
    }
    // Squares deviate twice as much.
    let memory = max(
      deviation(kept.first, expected.first, of: expected.first),
      deviation(kept.second, expected.second, of: expected.second) / 2)
    return [
      EngineFinding(
        quantity: what,
        deviation: deviation(ours.engine.parameters, theirs.engine.parameters, of: way),
        relativeTo: "each tensor's way", tolerance: tolerance),
      EngineFinding(
        quantity: "the optimiser's memory after it",
        deviation: kept.steps == expected.steps ? memory : .infinity,
        relativeTo: "each tensor's memory", tolerance: tolerance),
    ]
  }

  private static func ascent(_ ours: CheckedEngine, _ theirs: CheckedEngine) -> [EngineFinding] {
    let (zeta, rate) = (1e-3, Float(0.05))
    for engine in [ours, theirs] {
      engine.restore()
      engine.engine.beginAscent(halfWidth: zeta)
      for step in 0..<steps { engine.engine.climb(on: engine.batch(step), rate: rate) }
    }
    let (a, b) = (ours.engine.parameters, theirs.engine.parameters)
    for engine in [ours, theirs] { engine.engine.endAscent() }
    let start = theirs.problem.network.parameters
    // Clipping brings nothing further apart.
    let reach = theirs.gradient(.evaluation).gradient.map { Float(steps) * rate * $0 }
    let tolerance = Double(steps) * gradient
    let beyond = zip(a, start).map {
      let half = zeta * Double(abs($1) + 1)
      return max(0, abs(Double($0) - Double($1)) - half) / half
    }
    return [
      EngineFinding(
        quantity: "\(steps) steps of an ascent",
        deviation: EngineFinding.deviation(a, b, tensors: ours.tensors, scale: reach, tolerance: tolerance),
        relativeTo: "each tensor's steps without the box", tolerance: tolerance),
      EngineFinding(
        quantity: "how far these leave their box",
        deviation: EngineFinding.largest(beyond, isComplete: a.count == start.count),
        // Two roundings of a parameter, which is at most 1/ζ times the half-width.
        relativeTo: "its half-width", tolerance: 1.2e-7 / zeta),
    ]
  }

  private static func products(_ ours: CheckedEngine, _ theirs: CheckedEngine) -> [EngineFinding] {
    func sum(_ engine: CheckedEngine) -> GramSum {
      let held = engine.engine.take(GramSum(count: engine.images.count))
      for _ in 0..<2 {
        engine.restore()
        _ = engine.engine.add(featuresOf: engine.images, to: held, isCancelled: { false })
        // Another network, by a step.
        engine.engine.beginTraining(by: .sgd(learningRate: 0.02), precision: .float32, resuming: nil)
        engine.train(steps: 1)
        _ = engine.engine.add(featuresOf: engine.images, to: held, isCancelled: { false })
      }
      return engine.engine.value(of: held)
    }
    let (a, b) = (sum(ours), sum(theirs))
    let n = b.count
    let deviations = (0..<n).flatMap { i in
      (0...i).map { j in
        abs(a.sum.elements[i * n + j] - b.sum.elements[i * n + j])
          / (b.sum.elements[i * n + i] * b.sum.elements[j * n + j]).squareRoot()
      }
    }
    return [
      EngineFinding(
        quantity: "a sum of products of features",
        deviation: EngineFinding.largest(deviations, isComplete: a.count == n && a.terms == b.terms),
        // Each product of two features.
        relativeTo: "the images' norms", tolerance: 2 * value),
      EngineFinding(
        quantity: "the squared norms of its terms",
        deviation: abs(a.sumOfSquaredNorms / b.sumOfSquaredNorms - 1), relativeTo: "itself",
        tolerance: 4 * value),
    ]
  }

  /// The same calls twice.
  private static func repetition(_ ours: CheckedEngine, _: CheckedEngine) -> [EngineFinding] {
    let results = (0..<2).map { _ in
      ours.restore()
      let logits = ours.engine.logits(of: ours.images, 0..<ours.images.count)
      ours.engine.beginTraining(by: rules[2].1, precision: .float32, resuming: nil)
      ours.train(steps: steps)
      return logits + ours.engine.parameters + ours.engine.statistics + ours.engine.optimiserMemory.second
    }
    let differences = zip(results[0], results[1]).map { abs(Double($0) - Double($1)) }
    return [
      EngineFinding(
        quantity: "equal calls, one after the other",
        deviation: EngineFinding.largest(differences, isComplete: results[0].count == results[1].count),
        relativeTo: "nothing: equal bits", tolerance: 0)
    ]
  }
}
