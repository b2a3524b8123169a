import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Specifications
import Synchronization
import Training

/// The speed of a core of this machine while others are at work as well: what two cores share, such as a cache or, where they
/// are threads of one core, the core itself, slows both.
package struct ComputingRates: Sendable {
  /// Flops a second in the trainings of fully connected networks on images of which most inputs are zero, as MNIST's, with
  /// the zeros counted.
  package var stepsOnSparseInputs: Double
  /// The same where few are, as CIFAR-10's.
  package var stepsOnDenseInputs: Double
  /// Float64 flops a second in a factorisation.
  package var factorisations: Double

  /// The rate of trainings on a data set.
  func steps(_ dataset: DatasetSpec) -> Double {
    dataset.facts?.image.channels == 1 ? stepsOnSparseInputs : stepsOnDenseInputs
  }

  /// The rates with `threads` at work at once, at most one for each core; measured once in a process, which takes about
  /// 0.2 s.
  package static func measured(threads: Int) -> ComputingRates {
    known.withLock { known in
      if let rates = known[threads] { return rates }
      // The runner does the same and does not restore it either.
      BLASRuntime.threadCount = 1
      let rates = ComputingRates(
        stepsOnSparseInputs: rate(threads) { epoch(inputs: 784, nonZero: 0.2) },
        stepsOnDenseInputs: rate(threads) { epoch(inputs: 3072, nonZero: 1) },
        factorisations: rate(threads) { factorisation(size: 600) })
      known[threads] = rates
      return rates
    }
  }

  /// What was measured, by the number of threads.
  private static let known = Mutex([Int: ComputingRates]())

  /// Work that is done again and again.
  private typealias Lap = (flops: Double, run: () -> Void)

  /// The flops a second of a thread: the mean over all that work at once, each with the median of its laps.
  private static func rate(_ threads: Int, _ lap: @Sendable () -> Lap) -> Double {
    let rates = Mutex([Double]())
    ProcessorMeter.concurrently(max(1, threads)) { _ in
      let lap = lap()
      lap.run()
      var laps: [Double] = []
      let start = ContinuousClock.now
      repeat {
        laps.append(ContinuousClock().measure(lap.run).seconds)
      } while laps.count < 3 || start.duration(to: .now).seconds < 0.03
      let median = laps.sorted()[laps.count / 2]
      rates.withLock { $0.append(lap.flops / max(median, 1e-9)) }
    }
    return rates.withLock { $0.reduce(0, +) / Double($0.count) }
  }

  /// An epoch of SGD, at a rate that hardly moves it, by a network with the paper's layers.
  private static func epoch(inputs: Int, nonZero: Double) -> Lap {
    let (images, key) = (256, RandomKey(seed: 0))
    var stream = RandomStream(key)
    let pixels = (0..<inputs + images).map { _ in
      stream.nextUniform() < nonZero ? Float(stream.nextUniform()) : 0
    }
    // Each image is the one before it, moved by a pixel: numbers are drawn slowly.
    let values = (0..<images).flatMap { pixels[$0..<$0 + inputs] }
    let shape = FullyConnectedShape(inputs: inputs, hidden: [40, 40])
    let session = FullyConnectedTraining(
      FullyConnectedNetwork(
        initialising: shape, weightVariance: 2, biasStandardDeviation: 0.1, key: key),
      on: TrainingSet(
        inputs: Matrix(rows: images, columns: inputs, elements: values),
        labels: (0..<images).map { UInt8($0 % 2) }, scoredCount: images),
      optimiser: .sgd(learningRate: 1e-6), batchSize: 32, batchOrder: .shuffled, key: key)
    // Forward and backward over all images, and forward again for the score.
    return (Double(8 * images * shape.parameterCount), { session.advance() })
  }

  /// A Cholesky factorisation.
  private static func factorisation(size: Int) -> Lap {
    var matrix = [Double](repeating: 0.5, count: size * size)
    for i in 0..<size { matrix[i * size + i] = 2 }
    return (
      Double(size * size * size) / 3,
      {
        var matrix = matrix
        matrix.withUnsafeMutableBufferPointer { _ = CholeskyInPlace.factorise($0, size: size) }
      }
    )
  }
}
