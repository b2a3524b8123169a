/// What the numbers of a report may depend on: no host, no time, no folder.
///
/// A field is nil if no run states it; if the runs differ, it holds all their values, sorted and joined by ";
/// ". The coding keys are those of the file's layout, which is why some of them read like labels: what people
/// are shown is said elsewhere and may change.
package struct Environment: Codable, Equatable, Sendable {
  /// The BLAS kernels, such as "Haswell". Another one sums in another order.
  package var blasKernels: String?
  /// The BLAS library's description of itself.
  package var blasLibrary: String?
  /// The library of the convolutions with its kernels and threads, on which the bits of a run of ResNet-50
  /// depend.
  package var convolutions: String?
  /// The processor architecture, such as "x86_64".
  package var architecture: String?
  /// The version of the Swift compiler.
  package var swiftVersion: String?
  /// The version of the code that made the runs.
  package var plateauVersion: String?
  /// The versions of the Swift packages in the code that made the runs. Old runs do not state them.
  package var runPackages: String?
  /// The versions of the Swift packages in the code that made the report: the bytes of its pages depend on
  /// them.
  package var packages: String?

  private enum CodingKeys: String, CodingKey {
    case blasKernels = "BLAS kernels of the runs"
    case blasLibrary = "BLAS library of the runs"
    case convolutions = "Convolutions of the runs"
    case architecture = "Processor family of the runs"
    case swiftVersion = "Swift of the runs"
    case plateauVersion = "plateau of the runs"
    case runPackages = "Swift packages of the runs"
    case packages = "Swift packages of the report"
  }

  package init(
    blasKernels: String? = nil, blasLibrary: String? = nil, convolutions: String? = nil,
    architecture: String? = nil, swiftVersion: String? = nil, plateauVersion: String? = nil,
    runPackages: String? = nil, packages: String? = nil
  ) {
    self.blasKernels = blasKernels
    self.blasLibrary = blasLibrary
    self.convolutions = convolutions
    self.architecture = architecture
    self.swiftVersion = swiftVersion
    self.plateauVersion = plateauVersion
    self.runPackages = runPackages
    self.packages = packages
  }
}
