/// One measured quantity.
public enum MeasurementResult: Equatable, Sendable {
  case sharpness(SharpnessResult)
  case prior(PriorResult)
}
