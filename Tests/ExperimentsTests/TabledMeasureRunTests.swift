import Flatness
import NeuralNetworks
import Planning
import Specifications
import Testing

@testable import Experiments

@Suite("Measures with constants in runs")
struct TabledMeasureRunTests {
  private let measures: [Measure] = [
    .tabled(TabledMeasure(.samSharpness, [.radius: 0.05])),
    .tabled(TabledMeasure(.adaptiveAverageSharpness, [.radius: 0.1, .draws: 5])),
    .tabled(
      TabledMeasure(
        .magnitudeAwarePACBayesFlatness,
        [.drop: 0.1, .tolerance: 0.01, .largestDeviation: 2, .steps: 5, .draws: 2, .offset: 1e-3])),
    .tabled(TabledMeasure(.pathNorm)), .tabled(TabledMeasure(.margin, [.quantile: 0.1])),
  ]

  @Test("a run has each of them with the constants it was asked for and its own noise, also along its course")
  func run() async throws {
    let timeline = TimelineSettings(epochsPast: 0, every: 400, rescaling: nil, measurements: measures)
    let plan = SmallRuns.plan(
      attackSizes: [0], epochs: 3, measurements: measures.map { .atZeroError($0) } + [.timeline(timeline)])
    let record = try #require(try await SmallRuns.executeAfresh(plan).first)
    let context = RunContext(record.spec, split: try SmallRuns.data()[record.spec].split)
    let session = try SmallRuns.family.session(context, resuming: nil)
    while session.epoch < record.results.training.epochs { session.advance() }
    let (inputs, labels) = (context.split.training.inputs, context.split.training.labels)
    let network = session.network
    let average = try AdaptiveAverageSharpness(radius: 0.1, draws: 5).measure(
      of: FullyConnectedProblem(network, inputs: inputs, labels: labels),
      key: context.key.split("adaptive-average"))
    let expected: [MeasurementResult] = [
      .scalar(
        .samSharpness,
        try GradientStepSharpness(radius: 0.05).measure(
          of: FullyConnectedProblem(network, inputs: inputs, labels: labels))),
      .estimate(.adaptiveAverageSharpness, average.value, standardError: average.standardError),
      .scalar(
        .magnitudeAwarePACBayesFlatness,
        try NoiseFlatness(
          drop: 0.1, tolerance: 0.01, largestDeviation: 2, steps: 5, draws: 2, offset: 1e-3
        ).measure(
          of: FullyConnectedProblem(network, inputs: inputs, labels: labels),
          key: context.key.split("pac-bayes"))),
      .scalar(.pathNorm, try NetworkNorms.pathNorm(of: network)),
      .scalar(
        .margin,
        try NetworkNorms.margin(
          of: FullyConnectedProblem(network, inputs: inputs, labels: labels), quantile: 0.1)),
    ]
    let found = record.results.measurements
    let identities = measures.map { MeasurementSpec.atZeroError($0).identity }
    #expect(identities.map { found[$0] } == expected)
    guard case .timeline(let course) = found[MeasurementSpec.timeline(timeline).identity] else {
      Issue.record("expected a timeline")
      return
    }
    // The value and not its standard error, which has the same identity.
    #expect(identities.map { course.values[$0]?.last } == expected.map(\.number))
  }
}
