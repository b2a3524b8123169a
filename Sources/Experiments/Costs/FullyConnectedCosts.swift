import FunctionPriors
import LinearAlgebra
import Specifications

/// What a family's trainings and measurements cost on this machine.
protocol FamilyCosts: Sendable {
  /// The cores that a run takes; times are for all of them together.
  var cores: Int { get }

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

  /// Measures the rates; takes about 20 ms.
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
    let count = 200
    let time = ContinuousClock().measure { repetitions(count) }.seconds
    return Double(2 * rows * inputs * units * count) / max(time, 1e-9)
  }

  private static func measureFactorisation() -> Double {
    let n = 400
    var matrix = [Double](repeating: 0.5, count: n * n)
    for i in 0..<n { matrix[i * n + i] = 2 }
    let time = ContinuousClock().measure {
      matrix.withUnsafeMutableBufferPointer { _ = CholeskyInPlace.factorise($0, size: n) }
    }.seconds
    return Double(n * n * n) / 3 / max(time, 1e-9)
  }
}

/// The costs of fully connected networks, in flops divided by the rates.
struct FullyConnectedCosts: FamilyCosts {
  let findings: CostFindings
  let rates: ComputingRates

  var cores: Int { 1 }

  func seconds(ofEpochs epochs: Double, _ spec: TrainingSpec) -> Double {
    let examples = Double(spec.dataset.train + spec.attackSize)
    return epochs * (6 * examples + 2 * Double(spec.dataset.train)) * weights(spec) / rates.products
  }

  func seconds(_ measurement: Measure, _ spec: TrainingSpec) -> Double {
    let size = MeasuredSize(
      train: Double(spec.dataset.train), points: Double(spec.dataset.train + spec.dataset.test),
      weights: weights(spec),
      isLargePrior: spec.dataset.train + spec.dataset.test >= ExpectationPropagationWorkspace.largeCount,
      sparseShare: findings.sparseShare(spec))
    return switch MeasureDefinition.of(measurement.kind).work(measurement, size) {
    case .products(let flops): flops / rates.products
    case .factorisations(let flops): flops / rates.factorisations
    }
  }

  /// Weights of the network.
  private func weights(_ spec: TrainingSpec) -> Double {
    let widths = [spec.dataset.inputCount] + spec.network.hidden + [1]
    return zip(widths, widths.dropFirst()).reduce(0) { $0 + Double($1.0 * $1.1) }
  }
}
