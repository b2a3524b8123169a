import ReportDocuments
import RunStorage

extension Environment {
  /// The environment of runs, from their own provenance, and of the report, from the versions of its
  /// `packages`.
  init(_ provenances: [RunProvenance], packages: [String: String]) {
    func values(_ value: (RunProvenance) -> String?) -> String? {
      let stated = Set(provenances.compactMap(value)).sorted()
      return stated.isEmpty ? nil : stated.joined(separator: "; ")
    }
    self.init(
      blasKernels: values(\.blasKernel), blasLibrary: values(\.blasLibrary),
      convolutions: values(\.convolutions),
      architecture: values(\.architecture), swiftVersion: values(\.swiftVersion),
      plateauVersion: values(\.plateauVersion), runPackages: values { $0.packages.map(Self.list) },
      packages: packages.isEmpty ? nil : Self.list(packages))
  }

  /// Names with their versions, in one order everywhere.
  private static func list(_ packages: [String: String]) -> String {
    packages.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }
}
