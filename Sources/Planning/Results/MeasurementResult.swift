/// One measured quantity.
public enum MeasurementResult: Equatable, Sendable {
  case sharpness(SharpnessResult)
  case prior(PriorResult)
  /// It could not be measured, and why.
  case failed(reason: String)
}
