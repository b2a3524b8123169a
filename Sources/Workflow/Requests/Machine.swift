import Foundation
import LinearAlgebra

/// The machine at work.
enum Machine {
  /// The cores that this process may use: those of the machine, or of its task where Slurm gave it some. Not every
  /// cluster binds a task to its cores.
  static let cores: Int = {
    let all = ProcessInfo.processInfo.activeProcessorCount
    guard let task = ProcessInfo.processInfo.environment["SLURM_CPUS_PER_TASK"].flatMap({ Int($0) }), task > 0
    else { return all }
    return min(all, task)
  }()

  /// Its processor, cores and BLAS kernels: what the time of a computation depends on.
  static var description: String {
    let processor = BLASKernelChoice.processorFact("model name") ?? "unknown processor"
    return "\(processor), \(cores) cores, \(BLASRuntime.kernelName) kernels"
  }
}
