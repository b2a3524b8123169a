#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

enum BoxMuller {
  /// Two independent standard normals from two independent uniforms in (0, 1).
  static func pair(_ u: Double, _ v: Double) -> (Double, Double) {
    let radius = (-2 * log(u)).squareRoot()
    let angle = 2 * Double.pi * v
    return (radius * cos(angle), radius * sin(angle))
  }
}
