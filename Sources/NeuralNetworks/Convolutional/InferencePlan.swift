/// The forward pass alone, in few buffers: each convolution with its batch norm, and the shortcut and the
/// ReLU behind that, as one stage.
package struct InferencePlan {
  /// A convolution and what follows it.
  package struct Stage: Equatable {
    /// The convolution.
    package let geometry: ConvolutionGeometry
    /// The buffer read; nil for the images.
    package let input: Int?
    /// The buffer written.
    package let output: Int
    /// Whether the output is added to what the buffer held: the shortcut.
    package let adds: Bool
    /// Whether max(0, ·) follows.
    package let rectified: Bool
  }
  /// In order; the n-th has the program's n-th convolution and normalisation.
  package let stages: [Stage]
  /// The buffer that the pool reads, and the shape there; the pool and the linear layer come last.
  package let pooled: (buffer: Int, shape: ActivationShape)
  /// Numbers an image in each buffer.
  package let bufferSizes: [Int]

  /// The plan of a program.
  package init(_ program: LayerProgram) {
    var pool = BufferPool()
    var place: [Int: Int] = [:]
    var stages: [Stage] = []
    var pooled: (Int, ActivationShape)?
    var lastUse: [Int: Int] = [:]
    for (index, operation) in program.operations.enumerated() {
      switch operation {
      case .convolution(_, let input, _), .normalisation(let input, _, _), .averagePool(let input, _),
        .linear(let input, _):
        lastUse[input] = index
      case .shortcut(let activation, let shortcut):
        (lastUse[activation], lastUse[shortcut]) = (index, index)
      }
    }
    func buffer(_ activation: Int) -> Int {
      guard let buffer = place[activation] else {
        preconditionFailure("expected activation \(activation) to be computed before it is read")
      }
      return buffer
    }
    for (index, operation) in program.operations.enumerated() {
      switch operation {
      case .convolution(let geometry, let input, let raw):
        guard index + 1 < program.operations.count,
          case .normalisation(raw, let output, let rectified) = program.operations[index + 1]
        else { preconditionFailure("expected a batch norm behind every convolution") }
        // The sum is the same whichever of its operands comes last.
        var partner: Int?
        if index + 2 < program.operations.count,
          case .shortcut(let activation, let shortcut) = program.operations[index + 2]
        {
          partner = activation == output ? shortcut : activation
        }
        let target = partner.map(buffer) ?? pool.take(geometry.output.count)
        place[output] = target
        stages.append(
          Stage(
            geometry: geometry, input: input == 0 ? nil : buffer(input), output: target,
            adds: partner != nil, rectified: rectified || partner != nil))
        if lastUse[input] == index, input != 0 { pool.giveBack(buffer(input)) }
      case .normalisation: break
      case .shortcut(let activation, let shortcut): place[activation] = buffer(shortcut)
      case .averagePool(let input, _): pooled = (buffer(input), program.activations[input])
      case .linear: break
      }
    }
    guard let pooled else { preconditionFailure("expected a pool at the end") }
    self.stages = stages
    self.pooled = pooled
    bufferSizes = pool.sizes
  }
}
