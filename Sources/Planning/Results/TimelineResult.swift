/// The course of one training: one entry of every array for each measured point, in order.
///
/// At a rescaling there are two points of one epoch, before and after it.
public struct TimelineResult: Codable, Equatable, Sendable {
  /// Epochs run at each point.
  public var epochs: [Int]
  /// Mean cross-entropy on S, in nats.
  public var lossOnTrain: [Double?]
  /// Accuracy on S, 0…1.
  public var trainAccuracy: [Double]
  /// Accuracy on E, 0…1.
  public var testAccuracy: [Double]
  /// On how many examples of E the function differs from the one at zero error; on how many of S and E.
  public var changedOnTest: [Int?]
  /// The first 16 digits of the SHA-256 of f, as text of 0 and 1.
  public var function: [String]
  /// Sharpness, ln P(f) in nats, or the Hessian's spectral norm, by the measurement's identity.
  public var values: [String: [Double?]]
  /// ln of the product of the top eigenvalues, by the identity of the Hessian's measurement.
  public var logProducts: [String: [Double?]]
  /// The first epoch with zero error on S; nil where the cap came first.
  public var zeroErrorEpoch: Int?
  /// The index of the point right after the rescaling; nil without one.
  public var rescalingIndex: Int?
  /// Why values are missing, each reason once.
  public var failures: [String]

  /// A course without points.
  public init() {
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
