import Encodings
import Foundation
import Specifications
import Testing

@Suite("Coding of measurements")
struct MeasurementCodingTests {
  private let sharpness = SharpnessSettings(
    row: "mnist-fcn", method: .sgd, box: 1e-4, batch: 32, learningRate: 1e-3, epochs: 100)
  private let prior = PriorSettings(
    kernel: .nngp, likelihood: .probit, weightVariance: 2, biasVariance: 1)

  @Test("measurements are written flat, with their kind, and read back")
  func measurementCoding() throws {
    let specs: [MeasurementSpec] = [
      .atZeroError(.sharpness(sharpness, trace: true)), .atZeroError(.prior(prior)),
      .atZeroError(.tabled(TabledMeasure(.adaptiveSAMSharpness, [.radius: 0.5, .offset: 0.01]))),
      .atZeroError(.tabled(TabledMeasure(.pathNorm))),
    ]
    let texts = try specs.map { try CanonicalJSON.text(of: $0) }
    #expect(
      texts == [
        #"{"batch":32,"box":0.0001,"epochs":100,"kind":"sharpness","learningRate":0.001,"#
          + #""method":"sgd","row":"mnist-fcn","trace":true}"#,
        #"{"biasVariance":1,"kernel":"nngp","kind":"prior","likelihood":"probit","weightVariance":2}"#,
        #"{"kind":"adaptive-sam-sharpness","offset":0.01,"radius":0.5}"#, #"{"kind":"path-norm"}"#,
      ])
    for (spec, text) in zip(specs, texts) {
      #expect(try JSONDecoder().decode(MeasurementSpec.self, from: Data(text.utf8)) == spec)
      #expect(try JSONDecoder().decode(MeasurementSpec.self, from: JSONEncoder().encode(spec)) == spec)
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(MeasurementSpec.self, from: Data(#"{"kind":"hessian"}"#.utf8))
    }
  }

  @Test("what is measured later, and a timeline, are written with what they measure, and read back")
  func scheduleCoding() throws {
    let ascent = Measure.sharpness(sharpness, trace: false)
    let specs: [MeasurementSpec] = [
      .network(.hessian(HessianSettings(top: 5)), .after(epochs: 100)), .state(epochsPast: 100),
      .timeline(TimelineSettings(epochsPast: 9, every: 3, rescaling: nil, measurements: [ascent])),
    ]
    let texts = try specs.map { try CanonicalJSON.text(of: $0) }
    #expect(
      texts == [
        #"{"epochs":100,"kind":"later","measurement":{"kind":"hessian","top":5}}"#,
        #"{"epochs":100,"kind":"later","measurement":{"kind":"state"}}"#,
        #"{"epochsPast":9,"every":3,"kind":"timeline","measurements":[{"batch":32,"box":0.0001,"epochs":100,"#
          + #""kind":"sharpness","learningRate":0.001,"method":"sgd","row":"mnist-fcn","trace":false}]}"#,
      ])
    for (spec, text) in zip(specs, texts) {
      #expect(try JSONDecoder().decode(MeasurementSpec.self, from: Data(text.utf8)) == spec)
    }
  }

  @Test("results are written flat, with their kind, and read back")
  func resultCoding() throws {
    let results: [MeasurementResult] = [
      .sharpness(
        SharpnessResult(
          sharpness: nil, loss: 0.1, maximumLoss: 0.30000000000000004, epochs: 2, trace: [0.1])),
      .prior(
        PriorResult(
          logProbabilityInNats: -700.1, n: 9, sweeps: 4, lastChange: .leastNonzeroMagnitude, converged: true,
          damping: 1)),
      .scalar(.hessianTrace, 0.25), .estimate(.adaptiveAverageSharpness, 0.5, standardError: 0.125),
      .failed(reason: "diverged"),
    ]
    let texts = try results.map { try CanonicalJSON.text(of: $0) }
    #expect(
      texts == [
        #"{"epochs":2,"kind":"sharpness","loss":0.1,"maximumLoss":0.30000000000000004,"trace":[0.1]}"#,
        #"{"converged":true,"damping":1,"kind":"prior","lastChange":5e-324,"logProbabilityInNats":-700.1,"#
          + #""n":9,"sweeps":4}"#,
        #"{"kind":"hessian-trace","value":0.25}"#,
        #"{"kind":"adaptive-average-sharpness","standardError":0.125,"value":0.5}"#,
        #"{"kind":"failed","reason":"diverged"}"#,
      ])
    for (result, text) in zip(results, texts) {
      #expect(try JSONDecoder().decode(MeasurementResult.self, from: Data(text.utf8)) == result)
    }
  }
}
