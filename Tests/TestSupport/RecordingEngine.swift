import NeuralNetworks
import Optimisers

/// A plain engine that takes every precision, and notes which it was begun in.
package final class RecordingEngine: ForwardingEngine {
  /// Of each training that was begun, in order.
  package private(set) var precisions: [TrainingPrecision] = []

  package override func beginTraining(
    by rule: OptimiserRule, precision: TrainingPrecision, resuming memory: OptimiserMemory?
  ) {
    precisions.append(precision)
    super.beginTraining(by: rule, precision: .float32, resuming: memory)
  }
}
