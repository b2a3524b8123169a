import COneDNN
import LinearAlgebra
import NeuralNetworks

/// The forward pass alone over batches of `count` images, with the running statistics.
///
/// Batch norm with running statistics is a product and a sum for each channel, which go into a copy of the
/// weights and a bias; the shortcut and the ReLU follow each convolution in the same pass over its output.
final class OneDNNInference {
  private let storage: OneDNNStorage
  private let program: LayerProgram
  private let images: OneDNNMemory
  private var primitives: [OneDNNPrimitive] = []
  /// The weights times the factors of their batch norms, placed as the parameters are.
  private let foldedWeights: AlignedFloats
  private let biases: AlignedFloats

  init(
    _ context: OneDNNContext, _ storage: OneDNNStorage, _ program: LayerProgram, count: Int
  ) throws(ConvolutionEngineError) {
    self.storage = storage
    self.program = program
    let plan = InferencePlan(program)
    images = try OneDNNMemory(
      context, .image(program.activations[0], count: count), at: storage.features.start)
    foldedWeights = storage.buffer("folded weights", count: storage.parameters.buffer.count)
    biases = storage.buffer("biases", count: program.statisticCount / 2)

    func memory(_ buffer: Int?, _ shape: ActivationShape) throws(ConvolutionEngineError) -> OneDNNMemory {
      guard let buffer else { return images }
      return try OneDNNMemory(
        context, .activation(shape, count: count, block: storage.block),
        at: storage.buffer("inference \(buffer)", size: plan.bufferSizes[buffer]).start)
    }
    var channel = 0
    for (index, stage) in plan.stages.enumerated() {
      let bias = OneDNNLayout.vector(stage.geometry.outputs)
      let input = try memory(stage.input, stage.geometry.input)
      let output = try memory(stage.output, stage.geometry.output)
      let description = try OneDNNDescription.convolution(
        context, stage.geometry, input: input.layout, weights: storage.weightLayouts[index], bias: bias,
        output: output.layout,
        postOperations: (stage.adds ? [.addToOutput] : []) + (stage.rectified ? [.rectify] : []))
      // A convolution's tensor is followed by that of its batch norm.
      let weights = foldedWeights.start + storage.offsets[2 * index]
      primitives.append(
        try OneDNNPrimitive(
          context, description, storage.scratchpad,
          [
            (DNNL_ARG_SRC, input), (DNNL_ARG_DST, output),
            (DNNL_ARG_WEIGHTS, try OneDNNMemory(context, storage.weightLayouts[index], at: weights)),
            (DNNL_ARG_BIAS, try OneDNNMemory(context, bias, at: biases.start + channel)),
          ]))
      channel += stage.geometry.outputs
    }
    let pooled = try memory(plan.pooled.buffer, plan.pooled.shape)
    let features = try OneDNNMemory(
      context,
      .activation(
        ActivationShape(channels: plan.pooled.shape.channels, height: 1, width: 1), count: count,
        block: storage.block),
      at: storage.features.start)
    primitives.append(
      try OneDNNPrimitive(
        context,
        .averagePool(context, plan.pooled.shape, input: pooled.layout, output: features.layout),
        storage.scratchpad, [(DNNL_ARG_SRC, pooled), (DNNL_ARG_DST, features)]))
  }

  func run(images place: UnsafePointer<Float>) {
    foldStatistics()
    images.move(to: UnsafeMutableRawPointer(mutating: place))
    for primitive in primitives { primitive.run() }
  }

  /// w γ/√(σ² + ε) and β − μ γ/√(σ² + ε): a pass over the weights, about 15 ms of a core for ResNet-50, which all take
  /// part in.
  private func foldStatistics() {
    var (start, channel) = (0, 0)
    for (index, channels) in program.normalisedChannels.enumerated() {
      let (from, norm) = (storage.offsets[2 * index], storage.offsets[2 * index + 1])
      let scale = storage.parameters.start + norm
      let mean = storage.statistics.start + start
      let factors = (0..<channels).map {
        scale[$0] / (mean[channels + $0] + NormalisationMode.epsilon).squareRoot()
      }
      for c in 0..<channels { biases.buffer[channel + c] = scale[channels + c] - mean[c] * factors[c] }
      // Blocks of outputs lie outermost, and within each a block of outputs innermost.
      let (block, size) = (storage.block, storage.weightLayouts[index].byteCount / 4)
      let blockSize = size / channels * block
      SlicedPass.forEachSlice(of: size) { [source = storage.parameters, foldedWeights] slice in
        let (source, target) = (source.start + from, foldedWeights.start + from)
        for first in stride(from: slice.lowerBound, to: slice.upperBound, by: block) {
          let output = first / blockSize * block
          for o in 0..<block { target[first + o] = source[first + o] * factors[output + o] }
        }
      }
      start += 2 * channels
      channel += channels
    }
  }
}
