/// The course of one training: one entry of every array for each measured point, in order.
///
/// At a rescaling there are two points of one epoch, before and after it.
package struct TimelineResult: Codable, Equatable, Sendable {
  /// Epochs run at each point.
  package var epochs: [Int]
  /// Mean cross-entropy on S, in nats.
  package var lossOnTrain: [Double?]
  /// Accuracy on S, 0…1.
  package var trainAccuracy: [Double]
  /// Accuracy on E, 0…1.
  package var testAccuracy: [Double]
  /// On how many examples of E the function differs from the one at zero error; on how many of S and E.
  package var changedOnTest: [Int?]
  /// The first 16 digits of the SHA-256 of f, as text of 0 and 1.
  package var function: [String]
  /// Sharpness, ln P(f) in nats, or the Hessian's spectral norm, by the measurement's identity.
  package var values: [String: [Double?]]
  /// ln of the product of the top eigenvalues, by the identity of the Hessian's measurement.
  package var logProducts: [String: [Double?]]
  /// The first epoch with zero error on S; nil where the cap came first.
  package var zeroErrorEpoch: Int?
  /// The index of the point right after the rescaling; nil without one.
  package var rescalingIndex: Int?
  /// Why values are missing, each reason once.
  package var failures: [String]

  /// A course without points.
  package init() {
    epochs = []
    lossOnTrain = []
    trainAccuracy = []
    testAccuracy = []
    changedOnTest = []
    function = []
    values = [:]
    logProducts = [:]
    failures = []
  }
}
