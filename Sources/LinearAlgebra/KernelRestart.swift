import Foundation

/// Begins an executable again with what its libraries take from the environment when they are loaded: better BLAS kernels
/// where OpenBLAS does not know the processor, and threads of OpenMP that soon stop to spin.
package enum KernelRestart {
  private static let variable = "OPENBLAS_CORETYPE"
  private static let mark = "PLATEAU_KERNELS_CHOSEN"
  /// How often a thread of GNU's OpenMP library, which oneDNN runs on, looks for work before it sleeps. By default that is
  /// for seconds, and on cores that other programs use as well each waits for the others' time slices: ResNet-50 took four
  /// times as long there. With this it does not, and takes as long as ever on an idle machine.
  private static let spins = (variable: "GOMP_SPINCOUNT", count: "3000")
  /// The user's own words on that.
  private static let policy = "OMP_WAIT_POLICY"

  /// Whether `OPENBLAS_CORETYPE` is this house's choice for the processor at hand, and not the user's.
  package static var hasChosen: Bool { ProcessInfo.processInfo.environment[mark] != nil }

  /// The first thing that an executable does. Does not return where it begins again, with the same arguments;
  /// whoever has set a variable has chosen.
  package static func ifNeeded() {
    #if os(Linux)
      let chosen = choices(
        environment: ProcessInfo.processInfo.environment,
        kernels: BLASKernelChoice.better(
          than: BLASRuntime.kernelName, features: BLASKernelChoice.processorFeatures))
      guard !chosen.isEmpty else { return }
      for (name, value) in chosen { setenv(name, value, 1) }
      // Where the program cannot be started again it goes on as it is.
      execv("/proc/self/exe", CommandLine.unsafeArgv)
      for name in chosen.keys { unsetenv(name) }
    #endif
  }

  /// The variables to set; none where the environment has all.
  ///
  /// - Parameter kernels: those that are better than OpenBLAS's own choice; nil where that is the best. Asked for only
  ///   where the user has not chosen, since the answer takes a look at the processor.
  static func choices(
    environment: [String: String], kernels: @autoclosure () -> String?
  ) -> [String: String] {
    var chosen: [String: String] = [:]
    if environment[variable] == nil, let kernels = kernels() {
      (chosen[variable], chosen[mark]) = (kernels, "1")
    }
    if environment[policy] == nil, environment[spins.variable] == nil { chosen[spins.variable] = spins.count }
    return chosen
  }
}
