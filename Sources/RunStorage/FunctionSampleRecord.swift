import Planning

/// One sample of functions as the store keeps it: what it was made from, what it found, and how.
public struct FunctionSampleRecord: Equatable, Sendable {
  /// The content hash of `spec` and `revision`.
  public let key: RunKey
  /// The sample.
  public let spec: FunctionSampleSpec
  /// ``MethodRevision/functionSample`` when the sample was drawn.
  public let revision: Int
  /// What it found.
  public var result: FunctionSampleResult
  /// How and on what it was drawn.
  public var provenance: FunctionSampleProvenance

  /// A record under the key of its own contents.
  ///
  /// - Throws: `PlanningError` where the spec has no canonical JSON, as with a seed beyond 2⁵³.
  public init(
    spec: FunctionSampleSpec, revision: Int = MethodRevision.functionSample, result: FunctionSampleResult,
    provenance: FunctionSampleProvenance
  ) throws(PlanningError) {
    key = try FunctionSampleIdentity(spec: spec, revision: revision).key()
    self.spec = spec
    self.revision = revision
    self.result = result
    self.provenance = provenance
  }
}
