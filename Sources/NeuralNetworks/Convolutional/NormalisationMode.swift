/// Which mean and variance batch norm takes.
package enum NormalisationMode: Sendable, Hashable {
  /// Those of the batch. A forward pass moves the running ones towards them:
  /// r ← (1 − ``momentum``) r + ``momentum`` · batch, with the unbiased variance of the batch.
  case training
  /// The running ones, which are constants to the gradient.
  case evaluation

  /// The share of a batch in the running mean and variance, PyTorch's default.
  package static let momentum: Float = 0.1
  /// What is added to the variance, PyTorch's default.
  package static let epsilon: Float = 1e-5
}
