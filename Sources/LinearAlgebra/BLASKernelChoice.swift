import Foundation

/// Which kernels OpenBLAS should use where it does not know the processor.
///
/// OpenBLAS chooses by the processor's model number. One that is newer than the library gets the oldest kernels,
/// `Prescott`, whatever it can do: 4.5 times slower in matrix products on an Emerald Rapids with OpenBLAS 0.3.21
/// of Debian 12. The choice is made when the library is loaded, so another one needs a new process with
/// `OPENBLAS_CORETYPE` set.
package enum BLASKernelChoice {
  /// The kernels for a processor with these features, by the names of Linux; nil where `chosen` is as good as any,
  /// or was not chosen for want of knowledge; the features are not looked at then.
  package static func better(than chosen: String, features: @autoclosure () -> Set<String>) -> String? {
    guard ["Prescott", "Generic"].contains(chosen) else { return nil }
    let features = features()
    guard features.isSuperset(of: ["avx2", "fma"]) else { return nil }
    let skylake: Set = ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"]
    return features.isSuperset(of: skylake) ? "SkylakeX" : "Haswell"
  }

  /// What the processor can do, as Linux names it; empty on other systems.
  package static var processorFeatures: Set<String> {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("flags") }),
      let list = line.split(separator: ":").last
    else { return [] }
    return Set(list.split(separator: " ").map(String.init))
  }
}
