package import LinearAlgebra
import Optimisers

/// The memory of a ``HostEngine``, beside its activations: parameters and gradient in the engine's order, and
/// what the steps of a training or an ascent keep.
package final class HostMemory {
  /// All parameters.
  package let parameters: AlignedFloats
  /// The last gradient, ordered as the parameters.
  package let gradient: AlignedFloats
  var optimiser: GradientStep?
  var box: ParameterBox?
  private var images = AlignedFloats(count: 0)
  private var labels = AlignedFloats(count: 0)
  private var errors = AlignedFloats(count: 0)

  /// `count` zeros for the parameters, and for their gradient.
  package init(count: Int) {
    parameters = AlignedFloats(count: count)
    gradient = AlignedFloats(count: count)
  }

  /// Where the images of a step, their labels and the derivatives by their logits are put, made when first
  /// asked for.
  func batch(
    capacity: Int, imageSize: Int
  ) -> (
    images: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Float>,
    errors: UnsafeMutablePointer<Float>
  ) {
    if images.buffer.isEmpty {
      images = AlignedFloats(count: capacity * imageSize)
      labels = AlignedFloats(count: capacity)
      errors = AlignedFloats(count: capacity)
    }
    return (images.start, labels.start, errors.start)
  }

  /// parameters ← parameters + rate · gradient, clipped to the box.
  func climb(rate: Float) {
    guard let box else { preconditionFailure("expected an ascent, which none began") }
    let (w, g) = (parameters.start, gradient.start)
    for i in 0..<parameters.buffer.count { w[i] += rate * g[i] }
    box.clip(parameters.buffer)
  }
}
