/// What the numbers of a report may depend on: no host, no time, no folder.
///
/// A field is nil if no run states it; if the runs differ, it holds all their values, sorted and joined by "; ". The
/// coding keys are those of the file's layout, which is why some of them read like labels: what people are shown is
/// said elsewhere and may change.
package struct Environment: Codable, Equatable, Sendable {
  /// The BLAS kernels, such as "Haswell". Another one sums in another order.
  package var blasKernels: String?
  /// The BLAS library's description of itself.
  package var blasLibrary: String?
  /// The processor architecture, such as "x86_64".
  package var architecture: String?
  /// The version of the Swift compiler.
  package var swiftVersion: String?
  /// The version of the code that made the runs.
  package var plateauVersion: String?

  private enum CodingKeys: String, CodingKey {
    case blasKernels = "BLAS kernels of the runs"
    case blasLibrary = "BLAS library of the runs"
    case architecture = "Processor family of the runs"
    case swiftVersion = "Swift of the runs"
    case plateauVersion = "plateau of the runs"
  }

  package init(
    blasKernels: String? = nil, blasLibrary: String? = nil, architecture: String? = nil,
    swiftVersion: String? = nil, plateauVersion: String? = nil
  ) {
    self.blasKernels = blasKernels
    self.blasLibrary = blasLibrary
    self.architecture = architecture
    self.swiftVersion = swiftVersion
    self.plateauVersion = plateauVersion
  }
}
