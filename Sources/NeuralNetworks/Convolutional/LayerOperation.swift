/// One operation of a convolutional network on numbered activations: what an engine must provide.
///
/// An activation has the shape `[N, C, H, W]`, N the images of a batch, in a layout of the engine's own.
/// Activation 0 is the batch of images, which come row-major from outside. Backward, each operation turns the
/// derivative of the loss by its output into that by its input, or adds to it what other operations that read
/// the same activation have given, and into the gradient of its parameters.
package enum LayerOperation: Sendable, Hashable {
  /// output ← the convolution of input with the next weights, shape `[outputs, inputs, kernel, kernel]`.
  case convolution(ConvolutionGeometry, input: Int, output: Int)
  /// output ← γ (input − μ)/√(σ² + ε) + β for each channel (Ioffe & Szegedy 2015), then max(0, ·) if
  /// `rectified`, with the next γ `[C]` and β `[C]`. μ and σ² are those of the batch, or the running ones
  /// (``NormalisationMode``).
  case normalisation(input: Int, output: Int, rectified: Bool)
  /// activation ← max(0, activation + shortcut), in place.
  case shortcut(into: Int, from: Int)
  /// output ← the mean of each channel over the image, shape `[N, C, 1, 1]`.
  case averagePool(input: Int, output: Int)
  /// output ← b + Σ w[c] · input[c], shape `[N, 1, 1, 1]`, with the next w, as many as an image has numbers
  /// in input, and b: the logit.
  case linear(input: Int, output: Int)
}
