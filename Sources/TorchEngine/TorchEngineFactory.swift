package import NeuralNetworks

/// Makes engines by libtorch, on one device.
package struct TorchEngineFactory: EngineFactory {
  private let library: TorchLibrary
  private let device: TorchDevice
  /// The threads of the processor.
  package let threads: Int
  /// The library, the device and its flags, such as "libtorch 2.11.0 (CUDA 13.0, cuDNN 9.10.2) on NVIDIA H200, driver
  /// 580.65; float32 without TF32, deterministic algorithms of cuDNN".
  package let description: String

  /// - Parameters:
  ///   - device: nil for the first GPU, or the processor where there is none.
  ///   - threads: of the processor, where that is the device; at least 1.
  /// - Throws: ``ConvolutionEngineError/unavailable(engine:reason:remedy:)`` where the library cannot compute there.
  package init(
    _ library: TorchLibrary, device: TorchDevice? = nil, threads: Int
  ) throws(ConvolutionEngineError) {
    precondition(threads > 0, "expected at least 1 thread, got \(threads)")
    let device = device ?? (library.gpuCount > 0 ? .gpu(0) : .processor)
    if let refusal = device.refusal(by: library) { throw refusal }
    self.library = library
    self.device = device
    self.threads = threads
    let versions = [library.torchVersion] + (library.cudaVersion.map { ["(\($0))"] } ?? [])
    let place =
      device.model.map { "\($0); float32 without TF32, deterministic algorithms of cuDNN" }
      ?? "the processor, \(threads) threads"
    description = "libtorch \(versions.joined(separator: " ")) on \(place)"
  }

  package var name: String { "torch" }

  package var usesGPU: Bool { device != .processor }

  package var deviceBytesInUse: Int? { usesGPU ? CUDADriver.bytesInUse : nil }

  package var reproducibility: EngineReproducibility { .distribution }

  package func refusal(of precision: TrainingPrecision) -> String? {
    guard precision == .tf32, device == .processor else { return nil }
    return """
      only GPUs have TF32; take --device cuda:0, or remove the key 'precision' from their optimiser
      """
  }

  package func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine {
    try TorchConvolutionEngine(program, library, device: device, capacity: capacity, threads: threads)
  }
}
