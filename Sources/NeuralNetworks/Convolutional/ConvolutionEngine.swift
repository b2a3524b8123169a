/// What carries out a ``LayerProgram``: forward and backward over batches of images.
///
/// The operations are those of ``LayerOperation``, where their shapes are stated. An engine keeps
/// activations, parameters and gradients in layouts of its own; what crosses its border is row-major Float32
/// on the host: images `[n, C, H, W]`, features `[n, featureCount]`, and parameters and statistics in the
/// program's order. `parameters` and `gradient` are its own memory, in its own order, padded where it likes:
/// an optimiser, which treats every parameter alike, works on them in place. Padding is zero in both and
/// stays so.
///
/// A class, because it owns that memory. Not to be used by two threads at once.
package protocol ConvolutionEngine: AnyObject {
  /// What is computed.
  var program: LayerProgram { get }
  /// The most images in a batch.
  var capacity: Int { get }
  /// The parameters in the engine's order; the logit's weights and bias are the last ones, row-major.
  var parameters: UnsafeMutableBufferPointer<Float> { get }
  /// The gradient of the last backward pass, in the order of ``parameters``.
  var gradient: UnsafeMutableBufferPointer<Float> { get }
  /// The running mean and variance of each normalisation, in the program's order.
  var statistics: [Float] { get set }

  /// Takes one value a parameter, in the program's order, into memory in the order of ``parameters``.
  func load(_ values: [Float], into target: UnsafeMutableBufferPointer<Float>)
  /// Values in the order of ``parameters``, brought into the program's order.
  func stored(_ values: UnsafeMutableBufferPointer<Float>) -> [Float]

  /// The features of `count` images, shape `[count, featureCount]`; they stay there until the next pass.
  ///
  /// A backward pass may follow a call with `keepsActivations`. Training mode moves the statistics.
  func features(
    of images: UnsafePointer<Float>, count: Int, mode: NormalisationMode, keepsActivations: Bool
  ) -> UnsafePointer<Float>

  /// Fills ``gradient``, the logit's part aside, from the loss's derivative by the features of the last
  /// forward pass.
  func backward(featureGradient: UnsafePointer<Float>)
}
