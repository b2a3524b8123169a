import Flatness
import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// Measures of flatness by noise on a trained network, |S| = 500, one thread.
enum FlatnessBenchmarks {
  /// 100 draws.
  static func adaptiveAverage(_ problem: Problem) throws {
    let average = AdaptiveAverageSharpness(radius: 0.1, draws: 100)
    try measure("adaptive-average", problem) {
      try average.measure(
        of: FullyConnectedProblem($0, inputs: problem.trainingInputs, labels: problem.trainingLabels),
        key: RandomKey(seed: 1)
      ).value
    }
  }

  /// Ten draws for each of 15 steps: the tolerance is too small to end before them.
  static func pacBayes(_ problem: Problem) throws {
    let noise = NoiseFlatness(drop: 0.1, tolerance: 1e-9, largestDeviation: 2, steps: 15, draws: 10)
    try measure("pac-bayes", problem) {
      try noise.measure(
        of: FullyConnectedProblem($0, inputs: problem.trainingInputs, labels: problem.trainingLabels),
        key: RandomKey(seed: 1))
    }
  }

  private static func measure(
    _ name: String, _ problem: Problem, _ work: (FullyConnectedNetwork) throws -> Double
  ) throws {
    BLASRuntime.threadCount = 1
    let network = try problem.trained()
    var value = try work(network)
    let seconds = try (0..<5).map { _ in try Benchmarks.time { value = try work(network) } }
    Benchmarks.report(name, seconds: seconds, threads: 1, details: ",\"value\":\(value)")
  }
}
