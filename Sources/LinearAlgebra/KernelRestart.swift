import Foundation

/// Begins an executable again with better BLAS kernels where the library does not know the processor.
package enum KernelRestart {
  private static let variable = "OPENBLAS_CORETYPE"
  private static let mark = "PLATEAU_KERNELS_CHOSEN"

  /// Whether `OPENBLAS_CORETYPE` is this house's choice for the processor at hand, and not the user's.
  package static var hasChosen: Bool { ProcessInfo.processInfo.environment[mark] != nil }

  /// The first thing that an executable does. Does not return where it begins again, with the same arguments;
  /// whoever has set `OPENBLAS_CORETYPE` has chosen.
  package static func ifNeeded() {
    #if os(Linux)
      guard ProcessInfo.processInfo.environment[variable] == nil,
        let kernels = BLASKernelChoice.better(
          than: BLASRuntime.kernelName, features: BLASKernelChoice.processorFeatures)
      else { return }
      setenv(variable, kernels, 1)
      setenv(mark, "1", 1)
      // Where the program cannot be started again it goes on as it is.
      execv("/proc/self/exe", CommandLine.unsafeArgv)
      unsetenv(variable)
      unsetenv(mark)
    #endif
  }
}
