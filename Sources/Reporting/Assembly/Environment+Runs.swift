import ReportDocuments
import RunStorage

extension Environment {
  /// The environment of runs, from their own provenance.
  init(_ provenances: [RunProvenance]) {
    func values(_ value: (RunProvenance) -> String) -> String? {
      provenances.isEmpty ? nil : Set(provenances.map(value)).sorted().joined(separator: "; ")
    }
    self.init(
      blasKernels: values(\.blasKernel), blasLibrary: values(\.blasLibrary),
      architecture: values(\.architecture), swiftVersion: values(\.swiftVersion),
      plateauVersion: values(\.plateauVersion))
  }
}
