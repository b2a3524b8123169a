import COpenBLAS

/// The OpenBLAS library in this process: which kernels it chose, and how many threads it may use.
///
/// The thread count is one number for the whole process; the runner sets it before work starts and
/// nothing else touches it.
package enum BLASRuntime {
  /// The name of the kernels in use, such as "Haswell" or "SkylakeX". `OPENBLAS_CORETYPE` pins it; results
  /// that went through BLAS agree bit for bit only between machines that name the same kernels.
  package static var kernelName: String { String(cString: openblas_get_corename()) }

  /// The library's own description of its build, with its version.
  package static var configuration: String { String(cString: openblas_get_config()) }

  /// Kernels and build: two processes that give the same have the same arithmetic, with one thread each.
  package static var libraryDescription: String { "\(kernelName) kernels of \(configuration)" }

  /// The number of threads one BLAS or LAPACK call may use.
  package static var threadCount: Int {
    get { Int(openblas_get_num_threads()) }
    set { openblas_set_num_threads(Int32(newValue)) }
  }
}
