#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The C library's logarithm, for files that import no C library.
enum SpecialFunction {
  static func log(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.log(x)
    #else
      Darwin.log(x)
    #endif
  }
}
