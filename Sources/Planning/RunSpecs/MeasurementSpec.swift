/// One quantity measured on a trained network. Generalization and f come with every training.
public enum MeasurementSpec: Hashable, Sendable {
  /// Keskar et al.'s sharpness in a box; with `trace`, the running maximum after every ascent step is kept.
  case sharpness(SharpnessSettings, trace: Bool)
  /// log P(f) under a Gaussian-process prior.
  case prior(PriorSettings)
}
