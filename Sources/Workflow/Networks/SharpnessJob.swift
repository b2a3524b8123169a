import Flatness
import Foundation
import LinearAlgebra
import RandomStreams
import Specifications

/// The sharpness of a network of the user's own on its training set.
package struct SharpnessJob: Sendable {
  /// How the largest loss in the box is searched.
  package enum Method: String, CaseIterable, Sendable { case sgd, lbfgsb, corners }

  /// The smallest box ζ.
  package static let smallestBox = NetworkSpec.Kind.fcn.smallestBox

  private let files: NetworkFiles
  private let method: Method
  private let ascent: SharpnessAscent
  private let box: Double
  private let seed: UInt64

  /// - Parameters:
  ///   - box: ζ; the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1). the other searches take it alone.
  ///   - batch: examples a step.
  ///   - learningRate: of the ascent.
  ///   - epochs: of the ascent.
  ///   - seed: of the order of the batches, or of the random corners.
  package init(
    _ files: NetworkFiles, method: Method, box: Double, batch: Int, learningRate: Double, epochs: Int,
    seed: UInt64
  ) {
    self.files = files
    self.method = method
    self.box = box
    self.seed = seed
    ascent = SharpnessAscent(box: box, batchSize: batch, learningRate: learningRate, epochs: epochs)
  }

  /// Measures it.
  ///
  /// - Throws: `SafetensorsError` or `NumpyArrayError` for a file that cannot be used;
  ///   `FlatnessError.cancelled`.
  package func execute(isCancelled: () -> Bool = { false }) throws -> SharpnessAnswer {
    let loaded = try files.load()
    // As in the runs of a report: one thread, so that the order of sums does not depend on the machine.
    BLASRuntime.threadCount = 1
    let estimate: SharpnessEstimate
    switch method {
    case .sgd:
      estimate = try ascent.sharpness(
        of: loaded.network, inputs: loaded.inputs, labels: loaded.labels,
        key: RandomKey(seed: seed).split("sharpness"), isCancelled: isCancelled)
    case .lbfgsb:
      estimate = try QuasiNewtonSharpness(box: box).sharpness(
        of: loaded.network, inputs: loaded.inputs, labels: loaded.labels, isCancelled: isCancelled)
    case .corners:
      estimate = try CornerSharpness(box: box).sharpness(
        of: loaded.network, inputs: loaded.inputs, labels: loaded.labels,
        key: RandomKey(seed: seed).split("sharpness-corners"), isCancelled: isCancelled)
    }
    return SharpnessAnswer(
      sharpness: estimate.sharpness, log10Sharpness: estimate.sharpness > 0 ? log10(estimate.sharpness) : nil,
      loss: estimate.loss, maximumLoss: estimate.maximumLoss, method: method.rawValue, box: box,
      epochs: estimate.epochs)
  }
}

/// What `plateau sharpness --json` prints; every key is always there.
package struct SharpnessAnswer: Encodable, Sendable {
  package let sharpness: Double
  /// nil, printed as null, when the sharpness is 0.
  package let log10Sharpness: Double?
  /// The loss at the centre of the box, and the largest found in it, in nats.
  package let loss: Double
  package let maximumLoss: Double
  package let method: String
  package let box: Double
  /// Epochs of the ascent, iterations of L-BFGS-B, or passes over corners and those iterations.
  package let epochs: Int

  private enum CodingKeys: CodingKey {
    case sharpness, log10Sharpness, loss, maximumLoss, method, box, epochs
  }

  /// As the compiler would write it, but for the optional, which it would leave out.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(sharpness, forKey: .sharpness)
    try container.encode(log10Sharpness, forKey: .log10Sharpness)
    try container.encode(loss, forKey: .loss)
    try container.encode(maximumLoss, forKey: .maximumLoss)
    try container.encode(method, forKey: .method)
    try container.encode(box, forKey: .box)
    try container.encode(epochs, forKey: .epochs)
  }
}
