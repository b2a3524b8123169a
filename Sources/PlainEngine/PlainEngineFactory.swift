package import NeuralNetworks

/// Makes plain engines.
package struct PlainEngineFactory: EngineFactory {
  /// The factory.
  package init() {}

  package var name: String { "plain" }
  package var description: String { "plain loops" }
  package var reproducibility: EngineReproducibility { .exact }
  package var threads: Int { 1 }

  package func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine {
    PlainConvolutionEngine(program: program, capacity: capacity)
  }
}
