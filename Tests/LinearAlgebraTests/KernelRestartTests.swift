import Testing

@testable import LinearAlgebra

@Suite("What the program sets before its libraries are loaded")
struct KernelRestartTests {
  @Test("kernels and spins are chosen where the user has said nothing, and after a restart nothing is")
  func restart() {
    let chosen = KernelRestart.choices(environment: ["HOME": "/"], kernels: "SkylakeX")
    #expect(chosen["OPENBLAS_CORETYPE"] == "SkylakeX" && chosen["GOMP_SPINCOUNT"] == "3000")
    #expect(chosen.count == 3)
    #expect(KernelRestart.choices(environment: chosen, kernels: "SkylakeX").isEmpty)
    #expect(KernelRestart.choices(environment: [:], kernels: nil) == ["GOMP_SPINCOUNT": "3000"])
  }

  @Test(
    "who has set a variable has chosen",
    arguments: [
      (["OPENBLAS_CORETYPE": "Haswell", "OMP_WAIT_POLICY": "active"], []),
      (["OPENBLAS_CORETYPE": "Haswell", "GOMP_SPINCOUNT": "7"], []),
      (["OMP_WAIT_POLICY": "passive"], ["OPENBLAS_CORETYPE", "PLATEAU_KERNELS_CHOSEN"]),
      (["OPENBLAS_CORETYPE": "Haswell"], ["GOMP_SPINCOUNT"]),
    ])
  func user(environment: [String: String], names: [String]) {
    #expect(Set(KernelRestart.choices(environment: environment, kernels: "SkylakeX").keys) == Set(names))
  }
}
