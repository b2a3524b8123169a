/// A kind of engine on this machine: what it is, and how one is made.
package protocol EngineFactory: Sendable {
  /// Its name on the command line, such as `onednn`.
  var name: String { get }
  /// What the last bits of its results depend on, for provenance, such as "oneDNN 2.6.3, blocks of 16
  /// channels, 2 threads".
  var description: String { get }
  /// How closely another machine repeats its results.
  var reproducibility: EngineReproducibility { get }
  /// The cores that it keeps busy.
  var threads: Int { get }
  /// Whether it computes on a GPU, and returns before its work is done.
  var usesGPU: Bool { get }

  /// An engine for batches of up to `capacity` images.
  func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine
}

extension EngineFactory {
  package var usesGPU: Bool { false }
}

/// How closely a training by an engine is repeated by the same engine on another machine.
package enum EngineReproducibility: Sendable, Equatable {
  /// To the bit.
  case exact
  /// Up to rounding.
  case rounding
  /// As another draw: rounding grows into another course of the training.
  case distribution
}
