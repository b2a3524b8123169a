import LinearAlgebra
import NeuralNetworks
package import RandomStreams

/// Makes plain engines that see each pixel moved by some 10⁻⁶ of itself, eight roundings of Float32: about as far as
/// the arithmetic of another library moves what comes of it.
package struct MovedImagesFactory: EngineFactory {
  private let seed: UInt64

  /// - Parameter seed: of where the pixels move.
  package init(seed: UInt64) { self.seed = seed }

  package var name: String { "moved" }
  package var description: String { "an engine that sees moved pixels" }
  package var reproducibility: EngineReproducibility { .exact }
  package var threads: Int { 1 }

  package func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine {
    let engine = try MovedImagesEngine(for: program, capacity: capacity)
    engine.stream = RandomStream(RandomKey(seed: seed))
    return engine
  }
}

private final class MovedImagesEngine: ForwardingEngine {
  var stream = RandomStream(RandomKey(seed: 0))

  override func hold(_ images: Matrix<Float>, labels: [Float]) -> ResidentImages {
    let moved = Matrix(
      rows: images.rows, columns: images.columns,
      elements: images.elements.map { $0 * Float(1 + 1e-6 * stream.nextNormal()) })
    return super.hold(moved, labels: labels)
  }
}
