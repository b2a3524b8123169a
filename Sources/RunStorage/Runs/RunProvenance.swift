package import Specifications

/// How and on what a run was made. The durations are for time estimates and for `run.json` only.
///
/// Processor time is that of the run's own thread and of those that help it, user and system; of a run that has the
/// whole machine, that of all threads of the process. Kernels that several runs share, and work on a GPU, are no part of
/// it.
package struct RunProvenance: Codable, Equatable, Sendable {
  /// This program's version.
  package var plateauVersion: String
  /// The BLAS kernels in use, such as "Haswell".
  package var blasKernel: String
  /// The BLAS library's description of itself.
  package var blasLibrary: String
  /// The library of the convolutions, its kernels and its threads; nil where the network has none.
  package var convolutions: String?
  /// The processor architecture, such as "x86_64".
  package var architecture: String
  /// The compiler's version.
  package var swiftVersion: String
  /// The versions of the Swift packages that the program was built with, by name; nil in old records.
  package var packages: [String: String]?
  /// How closely the result is reproduced elsewhere.
  package var replayClass: ReplayClass
  /// Wall time of the training, in seconds.
  package var secondsOfTraining: Double
  /// Wall time of each measurement, in seconds, by measurement identity.
  package var secondsByMeasurement: [String: Double]
  /// Processor time of the training, in seconds; nil in old records.
  package var processorSecondsOfTraining: Double?
  /// Processor time of each measurement, in seconds, by measurement identity; nil in old records.
  package var processorSecondsByMeasurement: [String: Double]?

  /// The provenance of one run.
  package init(
    plateauVersion: String, blasKernel: String, blasLibrary: String, convolutions: String? = nil,
    architecture: String, swiftVersion: String, packages: [String: String]? = nil, replayClass: ReplayClass,
    secondsOfTraining: Double, secondsByMeasurement: [String: Double],
    processorSecondsOfTraining: Double? = nil, processorSecondsByMeasurement: [String: Double]? = nil
  ) {
    self.plateauVersion = plateauVersion
    self.blasKernel = blasKernel
    self.blasLibrary = blasLibrary
    self.convolutions = convolutions
    self.architecture = architecture
    self.swiftVersion = swiftVersion
    self.packages = packages
    self.replayClass = replayClass
    self.secondsOfTraining = secondsOfTraining
    self.secondsByMeasurement = secondsByMeasurement
    self.processorSecondsOfTraining = processorSecondsOfTraining
    self.processorSecondsByMeasurement = processorSecondsByMeasurement
  }

  /// Wall time of the training and of all measurements, in seconds.
  package var seconds: Double { secondsByMeasurement.values.reduce(secondsOfTraining, +) }

  /// Processor time of the same, in seconds; nil where that of a part is not recorded.
  package var processorSeconds: Double? {
    guard let ofTraining = processorSecondsOfTraining, let byMeasurement = processorSecondsByMeasurement,
      secondsByMeasurement.keys.allSatisfy({ byMeasurement[$0] != nil })
    else { return nil }
    return byMeasurement.values.reduce(ofTraining, +)
  }
}
