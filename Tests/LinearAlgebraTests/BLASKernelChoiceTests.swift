import Testing

@testable import LinearAlgebra

@Suite("The choice of BLAS kernels")
struct BLASKernelChoiceTests {
  private let haswell: Set<String> = ["sse3", "avx", "avx2", "fma"]

  @Test("a processor that the library does not know gets the kernels that it can run")
  func unknown() {
    let skylake = haswell.union(["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512cd"])
    #expect(BLASKernelChoice.better(than: "Prescott", features: skylake) == "SkylakeX")
    #expect(BLASKernelChoice.better(than: "Prescott", features: haswell.union(["avx512f"])) == "Haswell")
    #expect(BLASKernelChoice.better(than: "Prescott", features: ["sse3", "avx", "fma"]) == nil)
  }

  @Test("what the library chose with knowledge stays")
  func known() {
    for name in ["Haswell", "SkylakeX", "Zen", "Sandybridge", "Cooperlake"] {
      #expect(BLASKernelChoice.better(than: name, features: haswell) == nil)
    }
  }

  #if os(Linux) && arch(x86_64)
    @Test("the features of this processor are read")
    func features() {
      // Every processor of 64 bits has these.
      #expect(BLASKernelChoice.processorFeatures.isSuperset(of: ["sse2", "fpu", "lm"]))
    }
  #endif
}
