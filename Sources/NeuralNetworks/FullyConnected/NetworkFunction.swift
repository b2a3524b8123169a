package import LinearAlgebra

extension FullyConnectedNetwork {
  /// The logits of all rows of `inputs` (shape `[n, d]`), in blocks, so that memory stays bounded.
  package func logits(_ inputs: Matrix<Float>) -> [Float] {
    precondition(
      inputs.columns == shape.widths[0], "expected \(shape.widths[0]) inputs, got \(inputs.columns)")
    guard inputs.rows > 0 else { return [] }
    let block = min(inputs.rows, 256)
    let layout = TransposedLayout(of: shape)
    let parameters = AlignedFloats(layout.ordered(parameters))
    let workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(inPlace: inputs), labels: [], capacity: block)
    var logits: [Float] = []
    logits.reserveCapacity(inputs.rows)
    for start in stride(from: 0, to: inputs.rows, by: block) {
      Array(start..<min(start + block, inputs.rows)).withUnsafeBufferPointer {
        logits.append(contentsOf: workspace.logits(parameters: parameters.start, selection: $0))
      }
    }
    return logits
  }

  /// f on the rows of `inputs`: 1 where the logit is ≥ 0, else 0 (the published code's threshold).
  package func function(on inputs: Matrix<Float>) -> [UInt8] { Self.function(ofLogits: logits(inputs)) }

  /// f by its logits, by the same threshold.
  package static func function(ofLogits logits: [Float]) -> [UInt8] { logits.map { $0 >= 0 ? 1 : 0 } }
}
