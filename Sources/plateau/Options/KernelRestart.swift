import Foundation
import LinearAlgebra

/// Begins the program again with better BLAS kernels where the library does not know the processor.
enum KernelRestart {
  private static let variable = "OPENBLAS_CORETYPE"

  /// Does not return where it begins again. Whoever has set `OPENBLAS_CORETYPE` has chosen.
  static func ifNeeded() {
    #if os(Linux)
      guard ProcessInfo.processInfo.environment[variable] == nil,
        let kernels = BLASKernelChoice.better(
          than: BLASRuntime.kernelName, features: BLASKernelChoice.processorFeatures)
      else { return }
      setenv(variable, kernels, 1)
      // Where the program cannot be started again it goes on as it is.
      execv("/proc/self/exe", CommandLine.unsafeArgv)
      unsetenv(variable)
    #endif
  }
}
