import Experiments
import Foundation
import LinearAlgebra
import RandomStreams
package import Specifications

/// The sharpness of a network of the user's own on its training set.
package struct SharpnessJob: Sendable {
  /// The smallest box ζ.
  package static let smallestBox = NetworkSpec.Kind.fcn.smallestBox

  private let files: NetworkFiles
  private let settings: SharpnessSettings
  private let seed: UInt64

  /// - Parameters:
  ///   - settings: the search and its box, as a row of Table 1 has them.
  ///   - seed: of the order of the batches, or of the random corners.
  package init(_ files: NetworkFiles, _ settings: SharpnessSettings, seed: UInt64) {
    self.files = files
    self.settings = settings
    self.seed = seed
  }

  /// Measures it.
  ///
  /// - Throws: `SafetensorsError` or `NumpyArrayError` for a file that cannot be used;
  ///   `FlatnessError.cancelled`.
  package func execute(isCancelled: () -> Bool = { false }) throws -> SharpnessAnswer {
    let loaded = try files.load()
    // As in the runs of a report: one thread, so that the order of sums does not depend on the machine.
    BLASRuntime.threadCount = 1
    let estimate = try settings.sharpness(
      of: loaded.network, inputs: loaded.inputs, labels: loaded.labels, key: RandomKey(seed: seed),
      isCancelled: isCancelled)
    return SharpnessAnswer(
      sharpness: estimate.sharpness, log10Sharpness: estimate.sharpness > 0 ? log10(estimate.sharpness) : nil,
      loss: estimate.loss, maximumLoss: estimate.maximumLoss, method: settings.method.rawValue,
      box: settings.box,
      epochs: estimate.epochs, wrong: loaded.wrong)
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
  /// Not in the JSON.
  package let wrong: WrongLabels

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
