package import LinearAlgebra

/// A network and S as those measures of flatness take them that need losses, gradients and logits alone, at
/// parameters of their choice. One implementation of a measure serves every kind of network.
///
/// Parameters are all of a network's weights and biases, batch norm's scales and shifts included, in an order of
/// the problem's own. The first passes are as precise as the kind of network allows; the last three, for noise,
/// are in Float32 throughout, with sums in Float64.
package protocol MeasuredProblem: AnyObject {
  /// 0 or 1 for each example of S.
  var labels: [UInt8] { get }
  /// w.
  var parameters: [Float] { get }
  /// ‖w‖₂ over all parameters, those included that no logit on S depends on.
  var parameterNorm: Double { get }

  /// The mean cross-entropy on S at `parameters`, in nats.
  func loss(at parameters: [Double]) throws(FlatnessError) -> Double
  /// The same with its gradient.
  func lossAndGradient(
    at parameters: [Double], gradient: inout [Double]
  ) throws(FlatnessError) -> Double
  /// The logit of each example at w.
  func logits() throws(FlatnessError) -> [Double]

  /// Values of parameters as the next two take them, padded with zeros.
  func ordered(_ values: [Float]) -> [Float]
  /// The mean cross-entropy on S at parameters as ``ordered(_:)`` gives them, in nats.
  func loss(atOrdered parameters: AlignedFloats) throws(FlatnessError) -> Double
  /// The part of S that is classified rightly there.
  func accuracy(atOrdered parameters: AlignedFloats) throws(FlatnessError) -> Double
}
