import COpenBLAS
import CProcessLimits
import Foundation

/// The OpenBLAS library in this process: which kernels it chose, and how many threads it may use.
///
/// The thread count is one number for the whole process; the runner sets it before work starts and
/// nothing else touches it.
package enum BLASRuntime {
  /// The name of the kernels in use, such as "Haswell" or "SkylakeX". `OPENBLAS_CORETYPE` pins it; results
  /// that went through BLAS agree bit for bit only between machines that name the same kernels.
  package static var kernelName: String { String(cString: openblas_get_corename()) }

  /// The library's own description of its build, with its version. Asked for once: the library puts it together in
  /// one buffer, which two threads that ask at once would both append to.
  package static let configuration = String(cString: openblas_get_config())

  /// Kernels and build: two processes with equal descriptions compute the same bits, with one thread each.
  package static var libraryDescription: String { "\(kernelName) kernels of \(configuration)" }

  /// The address space that one thread takes.
  private static let bytesOfThread = plateau_bytes_of_thread()

  /// Checks that so many threads may compute.
  ///
  /// Where the library gets no buffer, as under a small `ulimit -v`, it asks for ever. For a thread on each core
  /// `CProcessLimits` has looked before the library began.
  ///
  /// - Throws: ``LinearAlgebraError/addressSpace(bytes:threads:)``.
  package static func checkAddressSpace(threads: Int) throws(LinearAlgebraError) {
    let bytes = threads * Int(bytesOfThread)
    guard plateau_has_address_space(bytes) != 0 else { throw .addressSpace(bytes: bytes, threads: threads) }
  }

  /// The number of threads one BLAS or LAPACK call may use.
  package static var threadCount: Int {
    get { Int(openblas_get_num_threads()) }
    set { openblas_set_num_threads(Int32(newValue)) }
  }
}

/// Which kernels OpenBLAS should use where it does not know the processor.
///
/// OpenBLAS chooses by the processor's model number. One that is newer than the library gets the oldest
/// kernels, `Prescott`, whatever it can do: 4.5 times slower in matrix products on an Emerald Rapids with
/// OpenBLAS 0.3.21 of Debian 12. The choice is made when the library is loaded, so another one needs a new
/// process with `OPENBLAS_CORETYPE` set.
package enum BLASKernelChoice {
  /// Better kernels for a processor with these features, under Linux's names; nil if there are none, or if
  /// `chosen` is not one of OpenBLAS's fallbacks. `features` is evaluated only for a fallback.
  package static func better(than chosen: String, features: @autoclosure () -> Set<String>) -> String? {
    guard ["Prescott", "Generic"].contains(chosen) else { return nil }
    let features = features()
    guard features.isSuperset(of: ["avx2", "fma"]) else { return nil }
    let skylake: Set = ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"]
    return features.isSuperset(of: skylake) ? "SkylakeX" : "Haswell"
  }

  /// The processor's features under Linux's names; empty on other systems.
  package static var processorFeatures: Set<String> {
    Set((processorFact("flags") ?? "").split(separator: " ").map(String.init))
  }

  /// What Linux says of the first processor under `name`, such as "model name"; nil on other systems.
  package static func processorFact(_ name: String) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) })
    else { return nil }
    return line.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
