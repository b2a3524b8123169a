import Foundation
import LinearAlgebra

/// The machine at work.
enum Machine {
  /// Its processor, cores and BLAS kernels: what the time of a computation depends on.
  static var description: String {
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return "\(processor ?? "unknown processor"), \(cores) cores, \(BLASRuntime.kernelName) kernels"
  }

  /// The processor's name as Linux has it; nil on other systems.
  private static var processor: String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("model name") })
    else { return nil }
    return line.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
