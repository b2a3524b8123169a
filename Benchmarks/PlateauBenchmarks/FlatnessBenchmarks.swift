import Experiments
import Flatness
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import SpecReading
import Specifications

/// Measures of flatness of a trained network, |S| = 500, one thread.
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

  /// 20 steps.
  static func adaptiveWorst(_ problem: Problem) throws {
    let worst = AdaptiveWorstSharpness(radius: 0.001, steps: 20, firstStep: 2, momentum: 0.75)
    try measure("adaptive-worst", problem) {
      try worst.measure(
        of: FullyConnectedProblem($0, inputs: problem.trainingInputs, labels: problem.trainingLabels))
    }
  }

  /// All measures together but those of the Hessian's spectrum, by the constants of Table 1, beside Keskar's
  /// sharpness of the same network.
  static func all(_ problem: Problem) throws {
    let table = try TableOne(folder: "figures")
    let others: [MeasureKind] = [.sharpness, .hessian, .prior, .sampledPrior]
    let forms = MeasureDefinition.all.filter { !others.contains($0.kind) }.flatMap(\.forms)
    let measures = try forms.map { try table.measure($0) }
    guard let ascent = MeasureDefinition.of(.sharpness).forms.first else { return }
    let sharpness = try table.measure(ascent)
    BLASRuntime.threadCount = 1
    let network = try problem.trained()
    func seconds(_ measures: [Measure]) throws -> [Double] {
      try (0..<5).map { _ in
        try Benchmarks.time {
          for measure in measures {
            _ = try measure.flatness(
              of: network, inputs: problem.trainingInputs, labels: problem.trainingLabels,
              key: RandomKey(seed: 1), isCancelled: { false })
          }
        }
      }
    }
    let ofSharpness = try seconds([sharpness]).sorted()
    Benchmarks.report(
      "measures", seconds: try seconds(measures), threads: 1,
      details: ",\"measures\":\(measures.count),\"sharpnessSeconds\":\(ofSharpness[ofSharpness.count / 2])")
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
