import NeuralNetworks
import OneDNNEngine
import PlainEngine

/// Every engine for residual networks; the engines' tests run over all of them.
package let engines: [any EngineFactory] = [OneDNNEngineFactory(threads: 1), PlainEngineFactory()]

extension ResidualWorkspace {
  /// A workspace of its own on an engine of this kind.
  package convenience init(
    _ shape: ResidualShape, on factory: any EngineFactory, capacity: Int
  ) throws(ConvolutionEngineError) {
    self.init(shape: shape, engine: try factory.engine(for: shape.program, capacity: capacity))
  }
}
