import Specifications

/// How and on what a sample of functions was drawn. The durations are for time estimates only.
package struct FunctionSampleProvenance: Codable, Equatable, Sendable {
  /// This program's version.
  package var plateauVersion: String
  /// The instruction set that drew it, such as "AVX-512"; the result does not depend on it.
  package var arithmetic: String
  /// The processor architecture, such as "x86_64".
  package var architecture: String
  /// The compiler's version.
  package var swiftVersion: String
  /// How closely the result comes back.
  package var replayClass: ReplayClass
  /// Time of all workers together that drew ``samplesDrawn``, in seconds.
  package var secondsOfDrawing: Double
  /// The samples that the last call drew: what an interrupted one had drawn before is not counted.
  package var samplesDrawn: Int
  /// Time of all workers together that counted the whole sample, in seconds.
  package var secondsOfCounting: Double

  /// All parts, in their order.
  package init(
    plateauVersion: String, arithmetic: String, architecture: String, swiftVersion: String,
    replayClass: ReplayClass, secondsOfDrawing: Double, samplesDrawn: Int, secondsOfCounting: Double
  ) {
    self.plateauVersion = plateauVersion
    self.arithmetic = arithmetic
    self.architecture = architecture
    self.swiftVersion = swiftVersion
    self.replayClass = replayClass
    self.secondsOfDrawing = secondsOfDrawing
    self.samplesDrawn = samplesDrawn
    self.secondsOfCounting = secondsOfCounting
  }
}
