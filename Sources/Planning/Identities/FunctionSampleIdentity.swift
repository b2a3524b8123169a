/// What a sample of functions depends on: its spec and the revision of the method.
public struct FunctionSampleIdentity: Codable, Hashable, Sendable {
  /// The sample.
  public var spec: FunctionSampleSpec
  /// ``MethodRevision/functionSample`` when the sample was drawn.
  public var revision: Int

  /// The identity of a sample; the revision is this version's unless given.
  public init(spec: FunctionSampleSpec, revision: Int = MethodRevision.functionSample) {
    self.spec = spec
    self.revision = revision
  }

  /// The SHA-256 of the canonical JSON of `{"revision", "spec"}`.
  ///
  /// - Throws: as ``RunIdentity/key()``.
  public func key() throws(PlanningError) -> RunKey {
    RunKey(hash: ContentHash.sha256(Array(try CanonicalJSON.text(of: self).utf8)))
  }
}
