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

  /// A step of the training by the gradient, on all cores.
  func train() {
    guard let optimiser else { preconditionFailure("expected a training, which none began") }
    optimiser.apply(gradient.buffer, to: parameters.buffer, slices: SlicedPass.forEachSlice)
  }

  /// parameters ← parameters + rate · gradient, clipped to the box, on all cores.
  func climb(rate: Float) {
    guard let box else { preconditionFailure("expected an ascent, which none began") }
    SlicedPass.forEachSlice(of: parameters.buffer.count) { [parameters, gradient] slice in
      box.climb(parameters.buffer, by: gradient.buffer, rate: rate, in: slice)
    }
  }
}
