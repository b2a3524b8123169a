/// The precision in which an engine takes the gradients of a training's steps. All else is Float32: the
/// parameters and the optimiser's memory between the steps, scores, ascents, kernels.
package enum TrainingPrecision: Sendable, Equatable {
  /// Float32 throughout.
  case float32
  /// Convolutions multiply numbers that are rounded to TF32, with 10 bits behind the point,
  /// and sum in Float32.
  case tf32
  /// Convolutions take and give bfloat16, with 7 bits behind the point, and sum in Float32; so do the batch norms
  /// behind them. The linear layer is Float32.
  case bfloat16
}
