/// A kind of engine on this machine: what it is, and how one is made.
package protocol EngineFactory: Sendable, CustomStringConvertible {
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
  /// The memory of that GPU that is in use, by whatever runs there; nil without one, or where it is not known. To be
  /// asked on the thread of an engine.
  var deviceBytesInUse: Int? { get }

  /// Why its engines do not train in a precision, and what to do; nil where they do.
  func refusal(of precision: TrainingPrecision) -> String?

  /// An engine for batches of up to `capacity` images.
  func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine
}

extension EngineFactory {
  package var usesGPU: Bool { false }
  package var deviceBytesInUse: Int? { nil }

  /// Engines train in Float32 alone unless they say otherwise.
  package func refusal(of precision: TrainingPrecision) -> String? {
    guard precision != .float32 else { return nil }
    return """
      the engine '\(name)' trains in float32 alone; take --engine torch on a GPU, or remove the key 'precision' from \
      their optimiser
      """
  }
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
