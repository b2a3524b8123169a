/// A convolutional network as a list of operations on numbered activations, from the images to one logit.
///
/// The flat array of its parameters holds, operation after operation, the weights of a convolution
/// (`[outputs, inputs, kernel, kernel]`, row-major), γ and β of a normalisation, or the weights and the bias
/// of a linear layer. The flat array of its statistics holds the running mean and the running variance of
/// each normalisation.
package struct LayerProgram: Sendable, Hashable {
  /// The shapes of the activations; 0 is the image, the last one the logit.
  package private(set) var activations: [ActivationShape]
  /// In the order of the forward pass.
  package private(set) var operations: [LayerOperation] = []

  /// The empty program on images of this shape.
  init(image: ActivationShape) { activations = [image] }

  /// The activation that the logit is made of: the input of the last operation, which is linear.
  package var features: Int {
    guard case .linear(let input, _) = operations.last else {
      preconditionFailure("expected a program that ends with a linear layer, got \(operations)")
    }
    return input
  }

  /// The number of features of an image.
  package var featureCount: Int { activations[features].count }

  /// The convolutions, in order.
  package var convolutions: [ConvolutionGeometry] {
    operations.compactMap { if case .convolution(let geometry, _, _) = $0 { geometry } else { nil } }
  }

  /// The channels of each normalisation, in order.
  package var normalisedChannels: [Int] {
    operations.compactMap {
      if case .normalisation(let input, _, _) = $0 { activations[input].channels } else { nil }
    }
  }

  /// How many parameters an operation of the program has.
  package func parameterCount(of operation: LayerOperation) -> Int {
    switch operation {
    case .convolution(let geometry, _, _): geometry.weightCount
    case .normalisation(let input, _, _): 2 * activations[input].channels
    case .shortcut, .averagePool: 0
    case .linear(let input, _): activations[input].count + 1
    }
  }

  /// How many parameters each operation with parameters has, in order.
  package var parameterCounts: [Int] { operations.map(parameterCount).filter { $0 > 0 } }

  /// The number of parameters.
  package var parameterCount: Int { parameterCounts.reduce(0, +) }

  /// The number of running means and variances.
  package var statisticCount: Int { 2 * normalisedChannels.reduce(0, +) }

  /// Multiply-adds of a forward pass for one image, in the convolutions and the linear layer.
  package var multiplyAdds: Int { convolutions.map(\.multiplyAdds).reduce(featureCount, +) }

  /// Appends a convolution and returns its output.
  mutating func convolve(_ input: Int, outputs: Int, kernel: Int, stride: Int) -> Int {
    let geometry = ConvolutionGeometry(
      input: activations[input], outputs: outputs, kernel: kernel, stride: stride)
    activations.append(geometry.output)
    operations.append(.convolution(geometry, input: input, output: activations.count - 1))
    return activations.count - 1
  }

  /// Appends a batch norm and returns its output.
  mutating func normalise(_ input: Int, rectified: Bool) -> Int {
    activations.append(activations[input])
    operations.append(.normalisation(input: input, output: activations.count - 1, rectified: rectified))
    return activations.count - 1
  }

  /// Appends activation ← max(0, activation + shortcut).
  mutating func addShortcut(_ shortcut: Int, into activation: Int) {
    precondition(
      activations[shortcut] == activations[activation],
      "expected equal shapes, got \(activations[shortcut]) and \(activations[activation])")
    operations.append(.shortcut(into: activation, from: shortcut))
  }

  /// Appends the mean over each channel and returns its output.
  mutating func pool(_ input: Int) -> Int {
    activations.append(ActivationShape(channels: activations[input].channels, height: 1, width: 1))
    operations.append(.averagePool(input: input, output: activations.count - 1))
    return activations.count - 1
  }

  /// Appends the linear layer to the logit, with which the program ends.
  mutating func endWithLogit(_ input: Int) {
    activations.append(ActivationShape(channels: 1, height: 1, width: 1))
    operations.append(.linear(input: input, output: activations.count - 1))
  }
}
