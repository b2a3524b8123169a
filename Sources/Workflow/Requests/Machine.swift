import Foundation
import LinearAlgebra

/// The machine at work.
enum Machine {
  /// Its processor, cores and BLAS kernels: what the time of a computation depends on.
  static var description: String {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let processor = BLASKernelChoice.processorFact("model name") ?? "unknown processor"
    return "\(processor), \(cores) cores, \(BLASRuntime.kernelName) kernels"
  }
}
