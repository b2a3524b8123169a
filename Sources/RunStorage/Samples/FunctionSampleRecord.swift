package import Encodings
package import Planning
package import Specifications

/// One sample of functions as the store keeps it: what it was made from, what it found, and how.
package struct FunctionSampleRecord: Equatable, Sendable {
  /// The content hash of `spec` and `revision`.
  package let key: ContentKey
  /// The sample.
  package let spec: FunctionSampleSpec
  /// ``MethodRevision/functionSample`` when the sample was drawn.
  package let revision: Int
  /// What it found.
  package var result: FunctionSampleResult
  /// How and on what it was drawn.
  package var provenance: FunctionSampleProvenance

  /// A record under the key of its own contents.
  ///
  /// - Throws: `CanonicalJSONError` if the spec has no canonical JSON, as with a seed beyond 2⁵³.
  package init(
    spec: FunctionSampleSpec, revision: Int = MethodRevision.functionSample, result: FunctionSampleResult,
    provenance: FunctionSampleProvenance
  ) throws(CanonicalJSONError) {
    key = try FunctionSampleIdentity(spec: spec, revision: revision).key()
    self.spec = spec
    self.revision = revision
    self.result = result
    self.provenance = provenance
  }
}

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
  /// How reproducible the result is.
  package var replayClass: ReplayClass
  /// Time of all workers together that drew ``samplesDrawn``, in seconds.
  package var secondsOfDrawing: Double
  /// The samples that the last call drew, without those that an interrupted call had drawn before.
  package var samplesDrawn: Int
  /// Time of all workers together that counted the whole sample, in seconds.
  package var secondsOfCounting: Double
  /// Processor time, user and system, of the call that drew ``samplesDrawn`` and counted, in seconds; nil in old
  /// records.
  package var processorSeconds: Double?

  /// The provenance of one sample.
  package init(
    plateauVersion: String, arithmetic: String, architecture: String, swiftVersion: String,
    replayClass: ReplayClass, secondsOfDrawing: Double, samplesDrawn: Int, secondsOfCounting: Double,
    processorSeconds: Double? = nil
  ) {
    self.plateauVersion = plateauVersion
    self.arithmetic = arithmetic
    self.architecture = architecture
    self.swiftVersion = swiftVersion
    self.replayClass = replayClass
    self.secondsOfDrawing = secondsOfDrawing
    self.samplesDrawn = samplesDrawn
    self.secondsOfCounting = secondsOfCounting
    self.processorSeconds = processorSeconds
  }
}
