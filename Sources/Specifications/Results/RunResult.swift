/// What one run found: the trained network's function, and what was measured on it.
///
/// Written by the experiments, kept by the store, read by the figures.
package struct RunResult: Codable, Equatable, Sendable {
  /// How the training ended, and the function it found.
  package var training: TrainingResult
  /// Measurements by ``MeasurementSpec/identity``.
  package var measurements: [String: MeasurementResult]

  /// A result from its parts.
  package init(training: TrainingResult, measurements: [String: MeasurementResult]) {
    self.training = training
    self.measurements = measurements
  }
}
