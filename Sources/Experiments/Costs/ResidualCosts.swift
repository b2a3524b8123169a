import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Specifications
import Synchronization

/// Where the speed of ResNet-50 on this machine is taken from.
package enum ResidualRateSource: Sendable {
  /// It is measured: for a call that goes on to execute runs.
  case measured
  /// It was measured by an earlier call, or is now.
  case keptOrMeasured
  /// It was measured by an earlier call, or is counted in flops: for a call that must not take long, perhaps on a
  /// machine that many share.
  case keptOrCounted
}

/// The costs of ResNet-50 by an engine, from a training step on few images, one on many, and a forward pass. Timing them
/// takes about 5 s on two cores, and 1.6 GB.
final class ResidualCosts: FamilyCosts {
  /// Seconds on all cores.
  struct Rates: Sendable, Equatable {
    /// Of a training step, whatever its images: to read and update the weights.
    let update: Double
    /// Of an image in it, forward and backward.
    let training: Double
    /// Of an image in the forward pass alone, with the running statistics.
    let forward: Double
  }
  private let engines: any EngineFactory
  private let source: ResidualRateSource
  /// Those that an earlier call measured.
  private let kept: Rates?
  private let asked = Mutex((rates: Rates?.none, isMeasured: false))
  private let factorisations: FullyConnectedCosts

  init(
    engines: any EngineFactory, factorisations: FullyConnectedCosts, source: ResidualRateSource,
    history: CostHistory
  ) {
    self.engines = engines
    self.factorisations = factorisations
    self.source = source
    if let training = history.ratio(.residualStep.by(engines.nameInCosts)),
      let forward = history.ratio(.residualPass.by(engines.nameInCosts))
    {
      let update = history.ratio(.residualUpdate.by(engines.nameInCosts)) ?? 0
      kept = Rates(update: update, training: training, forward: forward)
    } else {
      kept = nil
    }
  }

  var engine: String? { engines.nameInCosts }

  /// Whether the rates are those of an earlier call, or were timed in this one.
  var isMeasured: Bool { kept != nil || asked.withLock { $0.isMeasured } }

  /// The rates, timed or looked up at the first question.
  var rates: Rates {
    asked.withLock { asked in
      if let rates = asked.rates { return rates }
      let known = source == .measured ? nil : kept ?? (source == .keptOrCounted ? counted : nil)
      asked = known.map { ($0, false) } ?? (measure(), true)
      return asked.rates ?? counted
    }
  }

  /// What was timed, as a history; nothing where nothing was.
  var history: CostHistory {
    var history = CostHistory()
    let asked = asked.withLock { $0 }
    if asked.isMeasured, let rates = asked.rates {
      history.add(.residualUpdate.by(engine), counted: 1, taken: rates.update)
      history.add(.residualStep.by(engine), counted: 1, taken: rates.training)
      history.add(.residualPass.by(engine), counted: 1, taken: rates.forward)
    }
    return history
  }

  /// From the flops alone, a step as three passes: convolutions at the rate of a fully connected network's steps on the
  /// processor, and on a GPU as ``PlannedGPU`` says.
  private var counted: Rates {
    let multiplyAdds = ResidualShape.resNet50.program.operations.reduce(0) { sum, operation in
      if case .convolution(let geometry, _, _) = operation { sum + geometry.multiplyAdds } else { sum }
    }
    let rate =
      engines.usesGPU
      ? PlannedGPU.flopsPerSecond
      : factorisations.rates.stepsOnDenseInputs * Double(max(1, engines.threads))
    let forward = 2 * Double(multiplyAdds) / rate
    return Rates(update: 0, training: 3 * forward, forward: forward)
  }

  func seconds(ofEpochs epochs: Double, _ spec: TrainingSpec) -> Double {
    let (examples, scored) = (Double(spec.dataset.train + spec.attackSize), Double(spec.dataset.train))
    let steps = spec.optimiser.batch.map { (examples / Double($0)).rounded(.up) } ?? 1
    return epochs
      * (steps * rates.update + examples * rates.training + scored * rates.forward)
  }

  func seconds(_ measurement: Measure, _ spec: TrainingSpec) -> Double {
    if case .tabled(let measure) = measurement { return seconds(measure, examples: spec.dataset.train) }
    guard let settings = measurement.sharpness else {
      // A prior needs no convolutions.
      return factorisations.seconds(measurement, spec)
    }
    // The steps of the ascent, and a pass over S after each.
    let examples = Double(spec.dataset.train)
    let steps = Double(settings.epochs) * (examples / Double(settings.batch)).rounded(.up)
    return Double(settings.epochs) * examples * rates.training
      + steps * (rates.update + examples * rates.forward)
  }

  /// Seconds of a measure by losses, gradients and logits, by its passes over S; a gradient takes as long as a step.
  private func seconds(_ measure: TabledMeasure, examples: Int) -> Double {
    let passes: (gradients: Int, losses: Int) =
      switch measure.kind {
      case .samSharpness, .adaptiveSAMSharpness: (1, 1)
      case .adaptiveWorstSharpness: (measure.count(.steps) + 1, 0)
      case .adaptiveAverageSharpness: (0, measure.count(.draws) + 1)
      case .pacBayesFlatness, .magnitudeAwarePACBayesFlatness:
        (0, measure.count(.steps) * measure.count(.draws) + 2)
      case .margin: (0, 1)
      default: (0, 0)
      }
    return Double(examples)
      * (Double(passes.gradients) * rates.training + Double(passes.losses) * rates.forward)
  }

  /// Seconds of a Monte-Carlo kernel.
  func kernel(_ settings: PriorSettings, _ spec: TrainingSpec) -> Double {
    let points = spec.dataset.train + spec.dataset.test
    return Double((settings.initialisations(points: points) ?? 0) * points) * rates.forward
  }

  private func measure() -> Rates {
    // A small batch leaves a GPU idle between the calls.
    let (shape, few, many) = (ResidualShape.resNet50, 4, engines.usesGPU ? 128 : 32)
    guard let engine = try? engines.engine(for: shape.program, capacity: many) else {
      return Rates(update: .nan, training: .nan, forward: .nan)
    }
    ResidualWorkspace(shape: shape, engine: engine).network = ResidualNetwork(
      initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 0))
    let images = engine.hold(
      Matrix(rows: many, columns: shape.image.count, repeating: 0.5),
      labels: [Float](repeating: 1, count: many))
    engine.beginTraining(by: .sgd(learningRate: 1e-3), precision: .float32, resuming: nil)
    /// The fastest of some repetitions.
    func seconds(repetitions: Int, _ work: () -> Void) -> Double {
      // The first time also creates the primitives and touches the memory, so it is not timed.
      work()
      engine.finish()
      return (0..<repetitions).reduce(.infinity) { best, _ in
        let time = ContinuousClock().measure {
          work()
          engine.finish()
        }
        return min(best, time.seconds)
      }
    }
    func step(_ count: Int, repetitions: Int) -> Double {
      seconds(repetitions: repetitions) { engine.train(on: ImageBatch(of: images, Array(0..<count))) }
    }
    // A line through both; on a GPU a few images may take as long as many.
    let (ofFew, ofMany) = (step(few, repetitions: 3), step(many, repetitions: 1))
    let training = max(ofMany - ofFew, 0) / Double(many - few)
    return Rates(
      update: max(0, ofFew - Double(few) * training), training: training,
      forward: seconds(repetitions: 1) { _ = engine.logits(of: images, 0..<many) } / Double(many))
  }
}
