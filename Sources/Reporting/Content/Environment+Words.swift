import ReportDocuments

extension Environment {
  /// The facts that are known, each under the name that people are shown.
  package var facts: [NamedValue] {
    [
      (Self.blasKernelsWords, blasKernels), (Self.blasLibraryWords, blasLibrary),
      ("Convolutions of the runs", convolutions), (Self.architectureWords, architecture),
      ("Swift of the runs", swiftVersion), ("plateau of the runs", plateauVersion),
      ("Swift packages of the runs", runPackages), ("Swift packages of the report", packages),
    ].compactMap { name, value in value.map { NamedValue(name: name, value: $0) } }
  }

  /// What ``Environment/blasLibrary`` is called.
  package static let blasLibraryWords = "BLAS library of the runs"
  /// What ``Environment/blasKernels`` is called.
  package static let blasKernelsWords = "BLAS kernels of the runs"
  /// What ``Environment/architecture`` is called.
  package static let architectureWords = "Processor family of the runs"
}
