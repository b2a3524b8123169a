import Flatness
import Planning
import Specifications
import Testing

@testable import Experiments

@Suite("The trace of the Hessian in runs")
struct HessianTraceRunTests {
  @Test("a run has the trace of its network at zero error, past it and along its course")
  func run() async throws {
    let timeline = TimelineSettings(epochsPast: 2, every: 400, rescaling: nil, measurements: [.hessianTrace])
    let specs: [MeasurementSpec] = [
      .atZeroError(.hessianTrace), .network(.hessianTrace, .after(epochs: 2)), .timeline(timeline),
    ]
    let plan = SmallRuns.plan(
      attackSizes: [0], epochs: 400, optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.05, batch: 16),
      measurements: specs)
    let record = try #require(try await SmallRuns.executeAfresh(plan).first)
    #expect(record.results.training.status == .converged)

    let data = try SmallRuns.data()
    let context = RunContext(record.spec, split: data[record.spec].split)
    let session = try SmallRuns.family.session(context, resuming: nil)
    func trace() throws -> Double {
      let train = context.split.training
      return try HessianTrace.measure(of: session.network, inputs: train.inputs, labels: train.labels)
    }
    var expected = [try trace()]
    while !session.hasZeroError { session.advance() }
    expected.append(try trace())
    session.advance()
    session.advance()
    expected.append(try trace())
    let found = record.results.measurements
    #expect(found[specs[0].identity] == .scalar(.hessianTrace, expected[1]))
    #expect(found[specs[1].identity] == .scalar(.hessianTrace, expected[2]))
    guard case .timeline(let course) = found[specs[2].identity] else {
      Issue.record("expected a timeline")
      return
    }
    #expect(course.values[specs[0].identity] == expected)
  }
}
