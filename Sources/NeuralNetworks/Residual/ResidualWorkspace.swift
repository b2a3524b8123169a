/// A residual network in the memory of an engine.
///
/// A class because it owns the engine; made once for a batch size, it serves one network after another.
package final class ResidualWorkspace {
  /// The layers.
  package let shape: ResidualShape
  /// What trains and evaluates the network.
  package let engine: any ConvolutionEngine

  /// The workspace of networks of this shape on `engine`, whose program is the shape's.
  package init(shape: ResidualShape, engine: any ConvolutionEngine) {
    precondition(engine.program == shape.program, "expected an engine for this network's program")
    self.shape = shape
    self.engine = engine
  }

  /// The network in the engine's memory. Each access copies it.
  package var network: ResidualNetwork {
    get { ResidualNetwork(shape: shape, parameters: engine.parameters, statistics: engine.statistics) }
    set {
      precondition(newValue.shape == shape, "expected a network of this workspace's shape")
      engine.parameters = newValue.parameters
      engine.statistics = newValue.statistics
    }
  }
}
