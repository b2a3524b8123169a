import Foundation

/// Begins an executable again with better BLAS kernels where the library does not know the processor.
package enum KernelRestart {
  private static let variable = "OPENBLAS_CORETYPE"

  /// The first thing that an executable does. Does not return where it begins again, with the same arguments;
  /// whoever has set `OPENBLAS_CORETYPE` has chosen.
  package static func ifNeeded() {
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
