import FunctionPriors
import Specifications

/// What a family's trainings and measurements cost on this machine.
protocol FamilyCosts: Sendable {
  /// What carries out the family's networks, as classes of work name it; nil where they name none.
  var engine: String? { get }

  /// Seconds of `epochs` of a training.
  func seconds(ofEpochs epochs: Double, _ spec: TrainingSpec) -> Double

  /// Seconds of a measurement on one network.
  func seconds(_ measurement: Measure, _ spec: TrainingSpec) -> Double
}

/// The costs of fully connected networks, in flops divided by the rates.
struct FullyConnectedCosts: FamilyCosts {
  let rates: ComputingRates
  var engine: String? { nil }

  func seconds(ofEpochs epochs: Double, _ spec: TrainingSpec) -> Double {
    let examples = Double(spec.dataset.train + spec.attackSize)
    return epochs * (6 * examples + 2 * Double(spec.dataset.train)) * weights(spec)
      / rates.steps(spec.dataset)
  }

  func seconds(_ measurement: Measure, _ spec: TrainingSpec) -> Double {
    let size = MeasuredSize(
      train: Double(spec.dataset.train), points: Double(spec.dataset.train + spec.dataset.test),
      weights: weights(spec),
      isLargePrior: spec.dataset.train + spec.dataset.test >= ExpectationPropagationWorkspace.largeCount)
    return switch MeasureDefinition.of(measurement.kind).work(measurement, size) {
    case .products(let flops): flops / rates.steps(spec.dataset)
    case .factorisations(let flops): flops / rates.factorisations
    }
  }

  /// Seconds of the kernel in closed form of a data set's points, and of its factorisation.
  func kernel(of dataset: DatasetSpec) -> Double {
    let n = Double(dataset.train + dataset.test)
    return n * n * Double(dataset.inputCount) / rates.stepsOnDenseInputs + n * n * n / 3
      / rates.factorisations
  }

  /// Weights of the network.
  private func weights(_ spec: TrainingSpec) -> Double {
    let widths = [spec.dataset.inputCount] + spec.network.hidden + [1]
    return zip(widths, widths.dropFirst()).reduce(0) { $0 + Double($1.0 * $1.1) }
  }
}
