/// The parameters of a network in the order in which its passes read them: each layer's weights transposed,
/// and its width rounded up to whole vectors, or to whole lines of memory.
///
/// The flat array holds, layer after layer, Wᵀ (row-major, shape `[in, paddedOut]`) and b (`[paddedOut]`); the
/// first layer's inputs are as many as the network's, those of the others the padded width below. The units
/// that fill up have weights, bias and outgoing weights zero. Their output is 0, ReLU'(0) = 0, and so all
/// their gradients are 0: gradient steps leave them as they are, and logits and loss are those of the network
/// itself.
package struct TransposedLayout: Sendable, Equatable {
  /// The network's own shape.
  package let shape: FullyConnectedShape
  /// `shape.widths`, all but the inputs rounded up to a multiple of ``laneCount``, or of the step asked for.
  package let paddedWidths: [Int]
  /// Where the weights of each layer start.
  let weightStarts: [Int]
  /// The length of the flat array.
  package let parameterCount: Int

  /// Rows come in steps of so many numbers.
  package static let laneCount = 8

  /// The step of widths whose passes take least time on this processor.
  ///
  /// Where vectors are as long as a line of memory, no vector of a row that fills whole lines lies across two: a
  /// pass over images takes a seventh less. Elsewhere that would be a fifth more of work.
  package static let fastestStep = LayerProducts.hasVectorsOfWholeLines ? 2 * laneCount : laneCount

  /// The order for networks of this shape.
  ///
  /// - Parameter step: a multiple of ``laneCount``: widths above that are rounded up to a multiple of the step.
  ///   The same numbers come out whatever it is.
  package init(of shape: FullyConnectedShape, step: Int = laneCount) {
    precondition(step > 0 && step % Self.laneCount == 0, "expected whole vectors, got \(step)")
    self.shape = shape
    paddedWidths =
      [shape.widths[0]]
      + shape.widths.dropFirst().map {
        let step = $0 > Self.laneCount ? step : Self.laneCount
        return ($0 + step - 1) / step * step
      }
    var starts: [Int] = []
    var next = 0
    for layer in 0..<shape.layerCount {
      starts.append(next)
      next += (paddedWidths[layer] + 1) * paddedWidths[layer + 1]
    }
    weightStarts = starts
    parameterCount = next
  }

  /// Where the biases of `layer` start.
  func biasStart(_ layer: Int) -> Int {
    weightStarts[layer] + paddedWidths[layer] * paddedWidths[layer + 1]
  }

  /// Numbers ordered as ``FullyConnectedShape`` orders parameters, in this order, with zeros to fill up.
  package func ordered(_ values: [Float]) -> [Float] {
    precondition(
      values.count == shape.parameterCount, "expected \(shape.parameterCount) numbers, got \(values.count)")
    var result = [Float](repeating: 0, count: parameterCount)
    forEachPlace { result[$1] = values[$0] }
    return result
  }

  /// Numbers in this order, ordered as ``FullyConnectedShape`` orders parameters.
  package func restored(_ values: UnsafeBufferPointer<Float>) -> [Float] {
    precondition(values.count == parameterCount, "expected \(parameterCount) numbers, got \(values.count)")
    var result = [Float](repeating: 0, count: shape.parameterCount)
    forEachPlace { result[$0] = values[$1] }
    return result
  }

  /// The place here of each parameter in the order of ``FullyConnectedShape``.
  package var places: [Int] {
    var places: [Int] = []
    places.reserveCapacity(shape.parameterCount)
    forEachPlace { places.append($1) }
    return places
  }

  /// Calls `body` with the place of each parameter in the order of ``FullyConnectedShape`` and its place here.
  private func forEachPlace(_ body: (_ there: Int, _ here: Int) -> Void) {
    var there = 0
    for layer in 0..<shape.layerCount {
      let width = paddedWidths[layer + 1]
      for unit in 0..<shape.widths[layer + 1] {
        for input in 0..<shape.widths[layer] {
          body(there, weightStarts[layer] + input * width + unit)
          there += 1
        }
      }
      for unit in 0..<shape.widths[layer + 1] {
        body(there, biasStart(layer) + unit)
        there += 1
      }
    }
  }
}
