import FunctionPriors
import LinearAlgebra
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

/// The speed of one core of this machine.
package struct ComputingRates: Sendable {
  /// Float32 flops a second in products of a minibatch's size.
  package var products: Double
  /// Float64 flops a second in a factorisation.
  package var factorisations: Double

  /// Measures the rates, each the best of five; takes about 50 ms.
  package static func measured() -> ComputingRates {
    // The runner does the same and does not restore it either.
    BLASRuntime.threadCount = 1
    return ComputingRates(products: measureProducts(), factorisations: measureFactorisation())
  }

  private static func measureProducts() -> Double {
    let (rows, inputs, units) = (32, 784, 40)
    let x = [Float](repeating: 0.5, count: rows * inputs)
    let w = [Float](repeating: 0.1, count: units * inputs)
    var z = [Float](repeating: 0, count: rows * units)
    func repetitions(_ count: Int) {
      for _ in 0..<count {
        multiplyAccumulate(
          rows, units, inputs, x, leadingDimension: inputs, .asStored, w, leadingDimension: inputs,
          .transposed, into: &z, leadingDimension: units)
      }
    }
    repetitions(20)
    let count = 50
    let time = fastest { repetitions(count) }
    return Double(2 * rows * inputs * units * count) / max(time, 1e-9)
  }

  private static func fastest(_ work: () -> Void) -> Double {
    (0..<5).reduce(.infinity) { best, _ in min(best, ContinuousClock().measure(work).seconds) }
  }

  private static func measureFactorisation() -> Double {
    let n = 400
    var matrix = [Double](repeating: 0.5, count: n * n)
    for i in 0..<n { matrix[i * n + i] = 2 }
    let time = fastest {
      var matrix = matrix
      matrix.withUnsafeMutableBufferPointer { _ = CholeskyInPlace.factorise($0, size: n) }
    }
    return Double(n * n * n) / 3 / max(time, 1e-9)
  }
}

/// The costs of fully connected networks, in flops divided by the rates.
struct FullyConnectedCosts: FamilyCosts {
  let rates: ComputingRates
  var engine: String? { nil }

  func seconds(ofEpochs epochs: Double, _ spec: TrainingSpec) -> Double {
    let examples = Double(spec.dataset.train + spec.attackSize)
    return epochs * (6 * examples + 2 * Double(spec.dataset.train)) * weights(spec) / rates.products
  }

  func seconds(_ measurement: Measure, _ spec: TrainingSpec) -> Double {
    let size = MeasuredSize(
      train: Double(spec.dataset.train), points: Double(spec.dataset.train + spec.dataset.test),
      weights: weights(spec),
      isLargePrior: spec.dataset.train + spec.dataset.test >= ExpectationPropagationWorkspace.largeCount)
    return switch MeasureDefinition.of(measurement.kind).work(measurement, size) {
    case .products(let flops): flops / rates.products
    case .factorisations(let flops): flops / rates.factorisations
    }
  }

  /// Seconds of the kernel in closed form of so many points, and of its factorisation.
  func kernel(points: Int, inputs: Int) -> Double {
    let n = Double(points)
    return n * n * Double(inputs) / rates.products + n * n * n / 3 / rates.factorisations
  }

  /// Weights of the network.
  private func weights(_ spec: TrainingSpec) -> Double {
    let widths = [spec.dataset.inputCount] + spec.network.hidden + [1]
    return zip(widths, widths.dropFirst()).reduce(0) { $0 + Double($1.0 * $1.1) }
  }
}
