#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The C library's logarithms, spelled out once for this module.
enum Logarithm {
  static func natural(_ x: Double) -> Double { log(x) }
  static func decimal(_ x: Double) -> Double { log10(x) }
  static func powerOfTen(_ exponent: Double) -> Double { pow(10, exponent) }
}
