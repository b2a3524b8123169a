import NeuralNetworks
import Testing

@testable import OneDNNEngine

/// What the two versions of oneDNN describe differently. Numbers are compared with plain loops by
/// `ConvolutionEngineTests`; here is what numbers do not show: which kernels a version chooses, and who owns a
/// layout.
@Suite("oneDNN's descriptions, on the version that is installed")
struct OneDNNDescriptionTests {
  private let context: OneDNNContext
  private let block = OneDNNContext.channelBlock

  init() throws { context = try OneDNNContext() }

  /// Each convolution of ResNet-50 once, and whether images go into it.
  private var convolutions: [(geometry: ConvolutionGeometry, ofImage: Bool)] {
    var known: Set<ConvolutionGeometry> = []
    return ResidualShape.resNet50.program.operations.compactMap { operation in
      guard case .convolution(let geometry, let input, _) = operation, known.insert(geometry).inserted
      else { return nil }
      return (geometry, input == 0)
    }
  }

  private func isCompiled(_ description: OneDNNDescription) -> Bool {
    description.implementation.contains("jit")
  }

  @Test("no convolution of ResNet-50, forwards, backwards or with what follows it, falls back on plain loops")
  func compiledConvolutions() throws {
    #expect(convolutions.count > 15)
    for (geometry, ofImage) in convolutions {
      let input =
        ofImage
        ? OneDNNLayout.image(geometry.input, count: 2) : .activation(geometry.input, count: 2, block: block)
      let output = OneDNNLayout.activation(geometry.output, count: 2, block: block)
      let weights = OneDNNLayout.forwardWeights(geometry, ofImage: ofImage, block: block)
      let forward = try OneDNNDescription.convolution(
        context, geometry, input: input, weights: weights, output: output)
      var descriptions = [
        forward,
        try .convolution(
          context, geometry, input: input, weights: weights, bias: .vector(geometry.outputs), output: output,
          postOperations: ofImage ? [.rectify] : [.addToOutput, .rectify]),
        try .convolutionWeightGradient(
          context, geometry, input: input, weightGradient: weights, outputGradient: output, forward: forward),
      ]
      if !ofImage {
        descriptions.append(
          try .convolutionInputGradient(
            context, geometry, inputGradient: input, weights: .anyWeights(geometry), outputGradient: output,
            forward: forward))
      }
      for description in descriptions {
        #expect(isCompiled(description), "\(geometry): \(description.implementation)")
      }
    }
  }

  @Test(
    "neither do batch norms with γ and β in two tensors, sums, rectifications and the average pool",
    arguments: [NormalisationMode.training, .evaluation])
  func compiledOthers(mode: NormalisationMode) throws {
    let shape = ActivationShape(channels: 64, height: 4, width: 4)
    let layout = OneDNNLayout.activation(shape, count: 2, block: block)
    let features = OneDNNLayout.activation(
      ActivationShape(channels: 64, height: 1, width: 1), count: 2, block: block)
    var descriptions: [OneDNNDescription] = []
    for rectified in [false, true] {
      let forward = try OneDNNDescription.normalisation(context, layout, mode: mode, rectified: rectified)
      descriptions += [
        forward,
        try .normalisationGradient(context, layout, mode: mode, rectified: rectified, forward: forward),
        try .sum(context, layout, rectified: rectified),
      ]
    }
    let pool = try OneDNNDescription.averagePool(context, shape, input: layout, output: features)
    descriptions += [
      pool,
      try .averagePoolGradient(
        context, shape, inputGradient: layout, outputGradient: features, forward: pool),
      try .rectificationGradient(context, layout),
    ]
    for description in descriptions { #expect(isCompiled(description), "\(description.implementation)") }
  }

  @Test("a layout that a description shows is equal to the one that was asked for, and outlives it")
  func layouts() throws {
    let geometry = ConvolutionGeometry(
      input: ActivationShape(channels: 32, height: 6, width: 6), outputs: 48, kernel: 3, stride: 2)
    let weights = OneDNNLayout.forwardWeights(geometry, ofImage: false, block: block)
    var description: OneDNNDescription? = try .convolution(
      context, geometry, input: .activation(geometry.input, count: 1, block: block), weights: weights,
      output: .activation(geometry.output, count: 1, block: block))
    let shown = try #require(description).weightLayout
    description = nil
    #expect(shown == weights && shown != .plainWeights(geometry))
    #expect(shown.byteCount == 48 * 32 * 3 * 3 * 4)
  }
}
