import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Specifications
import Synchronization

/// The costs of ResNet-50 on this machine, from one training step and one forward pass. They are timed at the
/// first question, which takes about 5 s on two cores.
final class ResidualCosts: FamilyCosts {
  /// Seconds an image, on all cores.
  struct Rates: Sendable {
    /// Of a training step: forward, backward, update.
    let training: Double
    /// Of the forward pass alone, with the running statistics.
    let forward: Double
  }
  private let engines: any EngineFactory
  private let measured = Mutex(Rates?.none)
  private let factorisations: FullyConnectedCosts

  init(engines: any EngineFactory, factorisations: FullyConnectedCosts) {
    self.engines = engines
    self.factorisations = factorisations
  }

  var rates: Rates {
    measured.withLock { measured in
      if let measured { return measured }
      let rates = measure()
      measured = rates
      return rates
    }
  }

  func seconds(ofEpochs epochs: Double, _ spec: TrainingSpec) -> Double {
    let (examples, scored) = (Double(spec.dataset.train + spec.attackSize), Double(spec.dataset.train))
    return epochs * (examples * rates.training + scored * rates.forward)
  }

  func seconds(_ measurement: Measure, _ spec: TrainingSpec) -> Double {
    guard let settings = measurement.sharpness else {
      // A prior needs no convolutions.
      return factorisations.seconds(measurement, spec)
    }
    // The steps of the ascent, and a pass over S after each.
    let examples = Double(spec.dataset.train)
    let steps = Double(settings.epochs) * (examples / Double(settings.batch)).rounded(.up)
    return Double(settings.epochs) * examples * rates.training + steps * examples * rates.forward
  }

  /// Seconds of a Monte-Carlo kernel.
  func kernel(_ settings: PriorSettings, _ spec: TrainingSpec) -> Double {
    let points = spec.dataset.train + spec.dataset.test
    return Double((settings.initialisations(points: points) ?? 0) * points) * rates.forward
  }

  private func measure() -> Rates {
    let (shape, batch) = (ResidualShape.resNet50, 32)
    guard let engine = try? engines.engine(for: shape.program, capacity: batch) else {
      return Rates(training: .nan, forward: .nan)
    }
    ResidualWorkspace(shape: shape, engine: engine).network = ResidualNetwork(
      initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 0))
    let images = engine.hold(
      Matrix(rows: batch, columns: shape.image.count, repeating: 0.5),
      labels: [Float](repeating: 1, count: batch))
    engine.beginTraining(by: .sgd(learningRate: 1e-3), resuming: nil)
    func seconds(_ work: () -> Void) -> Double {
      // The first step also creates the primitives and touches the memory, so it is not timed.
      work()
      return ContinuousClock().measure(work).seconds / Double(batch)
    }
    return Rates(
      training: seconds { engine.train(on: ImageBatch(of: images, Array(0..<batch))) },
      forward: seconds { _ = engine.logits(of: images, 0..<batch) })
  }
}
