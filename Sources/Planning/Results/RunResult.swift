/// What one run found: the trained network's function, and what was measured on it.
///
/// Written by the experiments, kept by the store, read by the figures.
public struct RunResult: Codable, Equatable, Sendable {
  /// How the training ended, and the function it found.
  public var training: TrainingResult
  /// Measurements by ``MeasurementSpec/identity``.
  public var measurements: [String: MeasurementResult]

  /// A result from its parts.
  public init(training: TrainingResult, measurements: [String: MeasurementResult]) {
    self.training = training
    self.measurements = measurements
  }
}
