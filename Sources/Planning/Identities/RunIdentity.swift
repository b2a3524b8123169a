/// What a run's result depends on: the training, the data, and the revision of the method.
public struct RunIdentity: Codable, Hashable, Sendable {
  /// The training.
  public var spec: TrainingSpec
  /// The digest of the images and labels used.
  public var data: String
  /// ``MethodRevision/training`` when the run was made.
  public var revision: Int

  /// The identity of a run; the revision is this version's unless given.
  public init(spec: TrainingSpec, dataDigest: String, revision: Int = MethodRevision.training) {
    self.spec = spec
    self.data = dataDigest
    self.revision = revision
  }

  /// The SHA-256 of the canonical JSON of `{"data", "revision", "spec"}`.
  ///
  /// - Throws: ``PlanningError/integerTooLarge(_:path:)`` for a seed beyond 2⁵³,
  ///   ``PlanningError/notFinite(path:)``.
  public func key() throws(PlanningError) -> RunKey {
    RunKey(hash: ContentHash.sha256(Array(try CanonicalJSON.text(of: self).utf8)))
  }
}
