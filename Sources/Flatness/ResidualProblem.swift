package import LinearAlgebra
package import NeuralNetworks

/// A residual network and S in the memory of an engine, batch norm in evaluation mode throughout, as for its
/// sharpness by the ascent. Its parameters hold batch norm's scales and shifts, and not the running statistics.
///
/// In Float32, with sums over S in Float64: a loss is known to a millionth of itself. A pass over S at the size of
/// the paper takes minutes of a processor, and 200 MB for each array of parameters in Float64.
package final class ResidualProblem: MeasuredProblem {
  package let labels: [UInt8]
  package let parameters: [Float]
  package let parameterNorm: Double
  private let images: ResidentImages
  private let engine: any ConvolutionEngine
  private let isCancelled: () -> Bool

  /// - Parameters:
  ///   - images: what the workspace's engine holds; S are the first `count` of them.
  ///   - workspace: where the passes are carried out; the network that it held is gone.
  ///   - isCancelled: asked before each batch.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` where a parameter is NaN or infinite.
  package init(
    _ network: ResidualNetwork, images: ResidentImages, count: Int, workspace: ResidualWorkspace,
    isCancelled: @escaping () -> Bool = { false }
  ) throws(FlatnessError) {
    precondition(
      (1...max(images.count, 1)).contains(count), "expected 1 to \(images.count) images, got \(count)")
    guard network.parameters.allSatisfy(\.isFinite) else { throw .lossNotFinite(step: 0) }
    labels = images.labels.prefix(count).map { $0 == 1 ? 1 : 0 }
    parameters = network.parameters
    parameterNorm = network.parameterNorm
    self.images = images
    self.isCancelled = isCancelled
    engine = workspace.engine
    workspace.network = network
  }

  package func loss(at parameters: [Double]) throws(FlatnessError) -> Double {
    engine.parameters = parameters.map(Float.init)
    return try score().loss
  }

  package func lossAndGradient(
    at parameters: [Double], gradient: inout [Double]
  ) throws(FlatnessError) -> Double {
    engine.parameters = parameters.map(Float.init)
    for i in gradient.indices { gradient[i] = 0 }
    var loss = 0.0
    for batch in batches {
      if isCancelled() { throw .searchCancelled(iteration: 0) }
      let share = Double(batch.count) / Double(labels.count)
      let found = engine.gradient(on: ImageBatch(of: images, Array(batch)), mode: .evaluation)
      loss += share * found.loss
      for i in gradient.indices { gradient[i] += share * Double(found.gradient[i]) }
    }
    return loss
  }

  package func logits() throws(FlatnessError) -> [Double] {
    engine.parameters = parameters
    var logits: [Double] = []
    for batch in batches {
      if isCancelled() { throw .searchCancelled(iteration: 0) }
      logits += engine.logits(of: images, batch).map(Double.init)
    }
    guard logits.allSatisfy(\.isFinite) else { throw .lossNotFinite(step: 0) }
    return logits
  }

  package func ordered(_ values: [Float]) -> [Float] { values }

  package func loss(atOrdered parameters: AlignedFloats) throws(FlatnessError) -> Double {
    engine.parameters = Array(parameters.buffer)
    return try score().loss
  }

  package func accuracy(atOrdered parameters: AlignedFloats) throws(FlatnessError) -> Double {
    engine.parameters = Array(parameters.buffer)
    return try score().accuracy
  }

  /// S in batches of the engine's capacity.
  private var batches: [Range<Int>] {
    stride(from: 0, to: labels.count, by: engine.capacity).map {
      $0..<min($0 + engine.capacity, labels.count)
    }
  }

  /// Over S, at the parameters that the engine holds.
  private func score() throws(FlatnessError) -> (loss: Double, accuracy: Double) {
    var (loss, correct) = (0.0, 0)
    for batch in batches {
      if isCancelled() { throw .searchCancelled(iteration: 0) }
      let found = engine.score(images, batch)
      loss += found.loss * Double(batch.count)
      correct += found.correct
    }
    return (loss / Double(labels.count), Double(correct) / Double(labels.count))
  }
}
