import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite struct QuasiNewtonSharpnessTests {
  @Test("the largest loss is that of SciPy's L-BFGS-B", arguments: [1e-4, 1e-3, 1e-2])
  func stored(zeta: Double) throws {
    let stored = try StoredNetwork.load()
    let estimate = try QuasiNewtonSharpness(box: zeta).sharpness(
      of: stored.network, inputs: stored.inputs, labels: stored.labels)
    let expected = try #require(
      stored.largestLosses.first { abs((Double($0.key) ?? 0) / zeta - 1) < 1e-9 }?.value)
    // Both Float64; a few sums of 40 terms.
    #expect(abs(estimate.loss - stored.loss) < 1e-13)
    // Each search may stop a little below the maximum: a part in ten thousand of the gain.
    #expect(abs((estimate.maximumLoss - estimate.loss) / (expected - stored.loss) - 1) < 1e-4)
  }

  @Test("the search ends after the largest number of iterations that is allowed, with what it has found")
  func iterationCap() throws {
    let stored = try StoredNetwork.load()
    func sharpness(_ cap: Int) throws -> SharpnessEstimate {
      try QuasiNewtonSharpness(box: 1, maximumIterations: cap).sharpness(
        of: stored.network, inputs: stored.inputs, labels: stored.labels)
    }
    let (one, all) = (try sharpness(1), try sharpness(100))
    #expect(one.epochs == 1 && all.epochs > 1)
    #expect(one.loss == all.loss && one.loss < one.maximumLoss && one.maximumLoss < all.maximumLoss)
  }

  @Test(
    "logistic regression: the worst corner of a small box, and of a large one a corner that no side leads up from",
    arguments: [1 as UInt64, 2, 3])
  func corners(seed: UInt64) throws {
    let problem = SharpnessAscentTests.Logistic(seed: seed)
    let centre = problem.loss(problem.network.parameters.map(Double.init))
    for zeta in [1e-8, 1e-4, 1e-2, 1] {
      let estimate = try QuasiNewtonSharpness(box: zeta).sharpness(
        of: problem.network, inputs: problem.inputs, labels: problem.labels)
      #expect(abs(estimate.loss - centre) < 1e-13)
      // The losses round to some 1e-16 each; their difference is of order ζ.
      let tolerance = 1e-14 / zeta + 1e-9
      let ends = problem.cornersWithoutAscent(zeta: zeta)
      #expect(
        ends.contains { abs((estimate.maximumLoss - centre) / ($0 - centre) - 1) < tolerance })
      if zeta < 1 {
        let worst = problem.cornerMaximum(zeta: zeta)
        #expect(abs((estimate.maximumLoss - centre) / (worst - centre) - 1) < tolerance)
      }
    }
  }

  @Test("no search leaves the box or ends below the centre, and the trace never falls")
  func staysInside() throws {
    let problem = SharpnessAscentTests.Logistic(seed: 5)
    for zeta in [1e-4, 1e-3, 1e-1, 1] {
      let estimate = try QuasiNewtonSharpness(box: zeta).sharpness(
        of: problem.network, inputs: problem.inputs, labels: problem.labels, keepsTrace: true)
      #expect(estimate.maximumLoss <= problem.cornerMaximum(zeta: zeta) + 1e-13)
      #expect(estimate.maximumLoss >= estimate.loss)
      #expect(estimate.trace.count == 1 + estimate.epochs)
      #expect(estimate.trace.first == estimate.loss)
      #expect(zip(estimate.trace, estimate.trace.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }

  @Test("every point of the box that is asked for lies inside it, the corners included")
  func walls() throws {
    let stored = try StoredNetwork.load()
    let parameters = stored.network.parameters
    let loss = LossInBox(
      workspace: DoublePrecisionWorkspace(
        shape: stored.network.shape, inputs: stored.inputs, labels: stored.labels),
      around: parameters, halfWidth: 1e-4)
    let centre = [Double](repeating: 0, count: parameters.count)
    let one = [Double](repeating: 1, count: centre.count)
    #expect(loss.parameters(at: centre) == parameters.map(Double.init))
    for coordinates in [one, one.map { -$0 }] {
      for (i, value) in loss.parameters(at: coordinates).enumerated() {
        let w = Double(parameters[i])
        // From Float64 arithmetic around numbers of order 1.
        #expect(abs(abs(value - w) - 1e-4 * (abs(w) + 1)) < 1e-15)
      }
    }
  }

  @Test("on a trained network it agrees with the ascent by minibatches", arguments: [31 as UInt64, 32])
  func ascent(seed: UInt64) throws {
    var stream = RandomStream(RandomKey(seed: seed))
    let inputs = Matrix<Float>(
      rows: 40, columns: 10, elements: (0..<400).map { _ in Float(stream.nextUniform()) })
    let labels = (0..<40).map { UInt8(inputs[$0, 0] + inputs[$0, 1] > 1 ? 1 : 0) }
    var network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 10, hidden: [12, 8]), biasStandardDeviation: 1,
      key: RandomKey(seed: seed))
    let workspace = DoublePrecisionWorkspace(shape: network.shape, inputs: inputs, labels: labels)
    var gradient = network.parameters.map(Double.init)
    for _ in 0..<2000 {
      _ = workspace.lossAndGradient(parameters: network.parameters.map(Double.init), gradient: &gradient)
      for i in gradient.indices { network.parameters[i] -= Float(0.1 * gradient[i]) }
    }
    let zeta = 1e-3
    let search = try QuasiNewtonSharpness(box: zeta).sharpness(of: network, inputs: inputs, labels: labels)
    // A rate that crosses the box in some epochs.
    let ascent = try SharpnessAscent(box: zeta, batchSize: 8, learningRate: 0.05, epochs: 300).sharpness(
      of: network, inputs: inputs, labels: labels, key: RandomKey(seed: seed))
    #expect(search.loss < 0.3)
    #expect(abs(search.loss / ascent.loss - 1) < 1e-5)
    // Both find local maxima; minibatches end with some weights on the wrong wall.
    #expect(abs(search.sharpness / ascent.sharpness - 1) < 0.05)
  }

  @Test("a network whose loss is NaN is refused, and a search stops when asked")
  func refused() {
    let problem = SharpnessAscentTests.Logistic(seed: 10)
    var broken = problem.network
    broken.parameters[3] = .nan
    #expect(throws: FlatnessError.lossNotFinite(step: 0)) {
      try QuasiNewtonSharpness(box: 1e-4).sharpness(
        of: broken, inputs: problem.inputs, labels: problem.labels)
    }
    #expect(throws: FlatnessError.searchCancelled(iteration: 1)) {
      try QuasiNewtonSharpness(box: 1e-1).sharpness(
        of: problem.network, inputs: problem.inputs, labels: problem.labels, isCancelled: { true })
    }
  }

  @Test("searches on several threads give the bits of one alone")
  func threads() async throws {
    let stored = try StoredNetwork.load()
    let (network, inputs, labels) = (stored.network, stored.inputs, stored.labels)
    let alone = try QuasiNewtonSharpness(box: 1e-3).sharpness(of: network, inputs: inputs, labels: labels)
    try await withThrowingTaskGroup(of: SharpnessEstimate.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try QuasiNewtonSharpness(box: 1e-3).sharpness(of: network, inputs: inputs, labels: labels)
        }
      }
      for try await estimate in group { #expect(estimate == alone) }
    }
  }
}

extension SharpnessAscentTests.Logistic {
  /// The losses in the corners of the box that are local maxima: a step along any side makes them smaller.
  fileprivate func cornersWithoutAscent(zeta: Double) -> [Double] {
    let centre = network.parameters.map(Double.init)
    return (0..<16).compactMap { corner in
      func point(step: Double, along side: Int?) -> [Double] {
        centre.enumerated().map { index, w in
          let direction = corner >> index & 1 == 1 ? 1.0 : -1.0
          return w + direction * zeta * (abs(w) + 1) * (index == side ? 1 - step : 1)
        }
      }
      let here = loss(point(step: 0, along: nil))
      return (0..<4).allSatisfy { loss(point(step: 1e-4, along: $0)) < here } ? here : nil
    }
  }
}
