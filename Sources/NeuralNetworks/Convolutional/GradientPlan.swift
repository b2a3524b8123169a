/// In which buffers the derivatives by the activations lie during a backward pass.
///
/// A shortcut's two operands have one derivative in common, so they share a buffer; a batch norm works in
/// place where nobody else needs its buffer; where two operations read one activation, the second to come
/// back adds to the first.
package struct GradientPlan {
  /// One operation backward.
  package struct Step: Equatable {
    /// Its position in the program.
    package let operation: Int
    /// The buffer of the derivative by its output; of a shortcut, by both of its operands.
    package let output: Int
    /// The buffer that it writes, of the derivative by its input; nil for the images, whose derivative nobody
    /// wants.
    package let input: Int?
    /// The buffer to which what it wrote is then added.
    package let sum: Int?
  }
  /// In the order of the backward pass; the first reads the derivative by the logit.
  package let steps: [Step]
  /// Numbers an image in each buffer.
  package let bufferSizes: [Int]

  /// The plan of a program.
  package init(_ program: LayerProgram) {
    var pool = BufferPool()
    var place: [Int: Int] = [program.activations.count - 1: pool.take(1)]
    var steps: [Step] = []
    func size(_ activation: Int) -> Int { program.activations[activation].count }
    func buffer(_ activation: Int) -> Int {
      guard let buffer = place[activation] else {
        preconditionFailure("expected a derivative of activation \(activation), which no operation reads")
      }
      return buffer
    }

    for (index, operation) in program.operations.enumerated().reversed() {
      switch operation {
      case .shortcut(let activation, let shortcut):
        let output = buffer(activation)
        precondition(place[shortcut] == nil, "expected the shortcut to be the last to read \(shortcut)")
        place[shortcut] = output
        pool.share(output)
        steps.append(Step(operation: index, output: output, input: nil, sum: nil))
      case .normalisation(let input, let output, _):
        let from = buffer(output)
        let to = pool.isAlone(from) ? from : pool.take(size(input))
        if to != from { pool.giveBack(from) }
        place[input] = to
        steps.append(Step(operation: index, output: from, input: to, sum: nil))
      case .convolution(_, let input, let output), .averagePool(let input, let output),
        .linear(let input, let output):
        let from = buffer(output)
        if input == 0 {
          steps.append(Step(operation: index, output: from, input: nil, sum: nil))
        } else {
          let to = pool.take(size(input))
          let sum = place[input]
          steps.append(Step(operation: index, output: from, input: to, sum: sum))
          if sum == nil { place[input] = to } else { pool.giveBack(to) }
        }
        pool.giveBack(from)
      }
    }
    self.steps = steps
    bufferSizes = pool.sizes
  }
}
