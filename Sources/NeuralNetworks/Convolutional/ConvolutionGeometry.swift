/// A convolution without bias, with square kernel, stride and padding.
///
/// y[n, o, i, j] = Σ w[o, c, p, q] · x[n, c, i·stride + p − padding, j·stride + q − padding], zero outside
/// the image; weights have the shape `[outputs, inputs, kernel, kernel]`.
package struct ConvolutionGeometry: Sendable, Hashable {
  /// The shape of one image before.
  package let input: ActivationShape
  /// The channels after.
  package let outputs: Int
  /// The side of the kernel.
  package let kernel: Int
  /// The step of the kernel.
  package let stride: Int
  /// The zeros around the image.
  package let padding: Int

  /// A convolution whose padding is half the kernel: at stride 1 the image keeps its size.
  package init(input: ActivationShape, outputs: Int, kernel: Int, stride: Int) {
    precondition(
      kernel % 2 == 1 && stride > 0, "expected an odd kernel and a stride, got \(kernel), \(stride)")
    self.input = input
    self.outputs = outputs
    self.kernel = kernel
    self.stride = stride
    padding = kernel / 2
  }

  /// The shape of one image after.
  package var output: ActivationShape {
    func length(_ input: Int) -> Int { (input + 2 * padding - kernel) / stride + 1 }
    return ActivationShape(channels: outputs, height: length(input.height), width: length(input.width))
  }

  /// The number of weights.
  package var weightCount: Int { outputs * input.channels * kernel * kernel }

  /// Multiply-adds for one image, those with the padding counted in.
  package var multiplyAdds: Int { weightCount * output.height * output.width }
}
