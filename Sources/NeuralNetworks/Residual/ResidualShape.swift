/// A residual network of bottleneck blocks with one logit (He et al. 2015, §4.1), for small images.
///
/// A 3×3 stem at stride 1 without max-pool; then stages of blocks 1×1, 3×3, 1×1 with four times as many
/// channels at the end of a block, where the first block of each stage but the first halves the image in its
/// 3×3 convolution; batch norm after every convolution; the mean over the image; a linear map to the logit.
/// The names of its tensors are those of PyTorch's torchvision.
package struct ResidualShape: Sendable, Hashable {
  /// `[channels, height, width]` of one image.
  package let image: ActivationShape
  /// The channels of the stem, and of the narrow part of the first stage's blocks; they double with each
  /// stage.
  package let stemChannels: Int
  /// How many blocks each stage has.
  package let blocks: [Int]
  /// The network as operations.
  package let program: LayerProgram
  /// The name of each operation with parameters, in the program's order, the logit's last: `conv1`, `bn1`, …
  package let names: [String]

  /// How many times wider a block's end is than its middle.
  static let expansion = 4

  /// A network with the given stem and stages.
  package init(image: ActivationShape, stemChannels: Int, blocks: [Int]) {
    precondition(
      stemChannels > 0 && !blocks.isEmpty && blocks.allSatisfy { $0 > 0 },
      "expected a stem and blocks, got \(stemChannels), \(blocks)")
    self.image = image
    self.stemChannels = stemChannels
    self.blocks = blocks
    var program = LayerProgram(image: image)
    var names: [String] = []

    func unit(
      _ input: Int, _ convolution: String, _ norm: String, outputs: Int, kernel: Int, stride: Int,
      rectified: Bool
    ) -> Int {
      names += [convolution, norm]
      return program.normalise(
        program.convolve(input, outputs: outputs, kernel: kernel, stride: stride), rectified: rectified)
    }

    var last = unit(0, "conv1", "bn1", outputs: stemChannels, kernel: 3, stride: 1, rectified: true)
    for (stage, count) in blocks.enumerated() {
      let width = stemChannels << stage
      for block in 0..<count {
        let name = "layer\(stage + 1).\(block)."
        let stride = stage > 0 && block == 0 ? 2 : 1
        var inner = unit(
          last, name + "conv1", name + "bn1", outputs: width, kernel: 1, stride: 1, rectified: true)
        inner = unit(
          inner, name + "conv2", name + "bn2", outputs: width, kernel: 3, stride: stride, rectified: true)
        inner = unit(
          inner, name + "conv3", name + "bn3", outputs: width * Self.expansion, kernel: 1, stride: 1,
          rectified: false)
        if block == 0 {
          last = unit(
            last, name + "downsample.0", name + "downsample.1", outputs: width * Self.expansion, kernel: 1,
            stride: stride, rectified: false)
        }
        program.addShortcut(last, into: inner)
        last = inner
      }
    }
    program.endWithLogit(program.pool(last))
    self.program = program
    self.names = names + ["fc"]
  }

  /// ResNet-50 for images of 32×32 in three channels: 50 layers with weights on the way, 23 502 401
  /// parameters.
  package static let resNet50 = ResidualShape(
    image: ActivationShape(channels: 3, height: 32, width: 32), stemChannels: 64, blocks: [3, 4, 6, 3])
}
