import Foundation
import NeuralNetworks
import OneDNNEngine
import PlainEngine
import TorchEngine

/// Every engine for residual networks; the engines' tests run over all of them.
///
/// That on libtorch is one of them where its plug-in is named by `PLATEAU_TORCH_ENGINE`, as `make test` does where it was
/// built; one that cannot be loaded is a failure of all.
package let engines: [any EngineFactory] =
  [OneDNNEngineFactory(threads: 1), PlainEngineFactory()] + torchEngines

/// Fast engines, each of which goes on with what another began: up to rounding, their results are the same.
package let interchangeableEngines: [any EngineFactory] =
  [OneDNNEngineFactory(threads: 1), OneDNNEngineFactory(threads: 2)] + torchEngines

private let torchEngines: [any EngineFactory] = {
  guard let path = ProcessInfo.processInfo.environment[TorchLibrary.variable], !path.isEmpty else {
    return []
  }
  do {
    let device = ProcessInfo.processInfo.environment["PLATEAU_TEST_DEVICE"] ?? "cpu"
    return [try TorchEngineFactory(TorchLibrary(path), device: TorchDevice(device), threads: 1)]
  } catch {
    fatalError("\(error)")
  }
}()

extension ResidualWorkspace {
  /// A workspace of its own on an engine of this kind.
  package convenience init(
    _ shape: ResidualShape, on factory: any EngineFactory, capacity: Int
  ) throws(ConvolutionEngineError) {
    self.init(shape: shape, engine: try factory.engine(for: shape.program, capacity: capacity))
  }
}
