/// One quantity measured on a trained network. Generalization and f come with every training.
package indirect enum MeasurementSpec: Hashable, Sendable {
  /// Keskar et al.'s sharpness in a box; with `trace`, the running maximum after every ascent step is kept.
  case sharpness(SharpnessSettings, trace: Bool)
  /// log P(f) under a Gaussian-process prior.
  case prior(PriorSettings)
  /// The top of the spectrum of the loss's Hessian on S.
  case hessian(HessianSettings)
  /// Loss, accuracies and f: what every training has at its end, for a later epoch.
  case state
  /// Another measurement, taken this many epochs after the training met its stopping rule.
  case later(epochs: Int, MeasurementSpec)
  /// The whole course of the training.
  case timeline(TimelineSettings)
}
