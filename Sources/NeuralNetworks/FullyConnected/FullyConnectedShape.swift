/// The widths of a fully connected ReLU network with one logit, and where each parameter sits in the flat
/// array that holds them all.
///
/// Layer l maps `widths[l]` inputs to `widths[l + 1]` outputs. The flat array holds, layer after layer, the
/// weights (row-major, shape `[out, in]`) and then the biases (shape `[out]`).
package struct FullyConnectedShape: Sendable, Hashable {
  /// Inputs, hidden units of each layer, and 1 for the logit; at least two numbers.
  package let widths: [Int]

  /// A network with `inputs` inputs, the given hidden layers, and one logit.
  package init(inputs: Int, hidden: [Int]) {
    precondition(
      inputs > 0 && hidden.allSatisfy { $0 > 0 }, "expected positive widths, got \(inputs), \(hidden)")
    widths = [inputs] + hidden + [1]
  }

  /// The number of layers with weights.
  package var layerCount: Int { widths.count - 1 }

  /// The number of weights and biases.
  package var parameterCount: Int { biasRange(layerCount - 1).upperBound }

  /// Where the weights of `layer` sit.
  package func weightRange(_ layer: Int) -> Range<Int> {
    var start = 0
    for below in 0..<layer { start += widths[below + 1] * (widths[below] + 1) }
    return start..<start + widths[layer + 1] * widths[layer]
  }

  /// Where the biases of `layer` sit.
  package func biasRange(_ layer: Int) -> Range<Int> {
    let start = weightRange(layer).upperBound
    return start..<start + widths[layer + 1]
  }
}
