import Planning

/// How and on what a run was made. The durations are for time estimates and for `run.json` only.
public struct RunProvenance: Codable, Equatable, Sendable {
  /// This program's version.
  public var plateauVersion: String
  /// The BLAS kernels in use, such as "Haswell".
  public var blasKernel: String
  /// The BLAS library's description of itself.
  public var blasLibrary: String
  /// The library of the convolutions, its kernels and its threads; nil where the network has none.
  public var convolutions: String?
  /// The processor architecture, such as "x86_64".
  public var architecture: String
  /// The compiler's version.
  public var swiftVersion: String
  /// How closely the result comes back.
  public var replayClass: ReplayClass
  /// Wall time of the training, in seconds.
  public var secondsOfTraining: Double
  /// Wall time of each measurement, in seconds, by measurement identity.
  public var secondsByMeasurement: [String: Double]

  /// The provenance of one run.
  public init(
    plateauVersion: String, blasKernel: String, blasLibrary: String, convolutions: String? = nil,
    architecture: String,
    swiftVersion: String, replayClass: ReplayClass, secondsOfTraining: Double,
    secondsByMeasurement: [String: Double]
  ) {
    self.plateauVersion = plateauVersion
    self.blasKernel = blasKernel
    self.blasLibrary = blasLibrary
    self.convolutions = convolutions
    self.architecture = architecture
    self.swiftVersion = swiftVersion
    self.replayClass = replayClass
    self.secondsOfTraining = secondsOfTraining
    self.secondsByMeasurement = secondsByMeasurement
  }
}
