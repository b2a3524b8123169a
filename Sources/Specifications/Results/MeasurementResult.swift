/// One measured quantity.
package enum MeasurementResult: Equatable, Sendable {
  case sharpness(SharpnessResult)
  case prior(PriorResult)
  case hessian(HessianResult)
  /// The network at a later epoch.
  case state(TrainingResult)
  case timeline(TimelineResult)
  /// It could not be measured, and why.
  case failed(reason: String)
}
