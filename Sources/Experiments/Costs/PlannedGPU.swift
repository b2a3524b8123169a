import NeuralNetworks

/// A GPU that work is planned for, on a machine that need not have one: it has a speed, and makes no engine.
struct PlannedGPU: EngineFactory {
  /// What is counted with until one was measured: half of what NVIDIA's data sheet states for Float32 on an H100 or
  /// H200 (SXM), 67 TFLOP/s without tensor cores, since TF32 is off.
  static let flopsPerSecond = 0.5 * 67e12

  var name: String { "torch" }
  var description: String { "a GPU that is planned for" }
  var reproducibility: EngineReproducibility { .distribution }
  var threads: Int { 1 }
  var usesGPU: Bool { true }

  func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine {
    throw .refused(
      library: "plateau", operation: "an engine", reason: "this GPU is only planned for",
      remedy: "Execute the work where a GPU is")
  }
}
