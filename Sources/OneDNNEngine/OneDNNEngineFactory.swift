import COneDNN
package import NeuralNetworks

/// Makes engines by oneDNN.
package struct OneDNNEngineFactory: EngineFactory {
  /// The threads of each operation.
  package let threads: Int

  /// Engines of so many threads.
  package init(threads: Int) {
    precondition(threads > 0, "expected at least 1 thread, got \(threads)")
    self.threads = threads
  }

  package var name: String { "onednn" }

  /// The library and its kernels, such as "oneDNN 2.6.3, blocks of 16 channels, 2 threads".
  package var description: String {
    let version = dnnl_version().pointee
    return """
      oneDNN \(version.major).\(version.minor).\(version.patch), blocks of \(OneDNNContext.channelBlock) channels, \
      \(threads) threads
      """
  }

  package var reproducibility: EngineReproducibility { .distribution }

  package func engine(
    for program: LayerProgram, capacity: Int
  ) throws(ConvolutionEngineError) -> any ConvolutionEngine {
    try OneDNNConvolutionEngine(program: program, capacity: capacity, threads: threads)
  }
}
