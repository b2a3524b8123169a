/// How and on what a sample of functions was drawn. The duration is for time estimates and for `run.json` only.
public struct FunctionSampleProvenance: Codable, Equatable, Sendable {
  /// This program's version.
  public var plateauVersion: String
  /// The instruction set that drew it, such as "AVX-512"; the result does not depend on it.
  public var arithmetic: String
  /// The processor architecture, such as "x86_64".
  public var architecture: String
  /// The compiler's version.
  public var swiftVersion: String
  /// How closely the result comes back.
  public var replayClass: ReplayClass
  /// Time of all workers together, in seconds, without what an interrupted call before had drawn.
  public var secondsOfWork: Double
  /// The samples drawn in that time.
  public var samplesDrawn: Int

  /// All parts, in their order.
  public init(
    plateauVersion: String, arithmetic: String, architecture: String, swiftVersion: String,
    replayClass: ReplayClass, secondsOfWork: Double, samplesDrawn: Int
  ) {
    self.plateauVersion = plateauVersion
    self.arithmetic = arithmetic
    self.architecture = architecture
    self.swiftVersion = swiftVersion
    self.replayClass = replayClass
    self.secondsOfWork = secondsOfWork
    self.samplesDrawn = samplesDrawn
  }
}
