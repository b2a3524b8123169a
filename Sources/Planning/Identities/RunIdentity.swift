package import Encodings
package import Specifications

/// The identity of a run: the training, the data, and the revision of the method.
package struct RunIdentity: Codable, Hashable, Sendable {
  /// The training.
  package var spec: TrainingSpec
  /// The digest of the images and labels used.
  package var data: String
  /// ``MethodRevision/training`` when the run was made.
  package var revision: Int

  /// The identity of a run; the revision is this version's unless given.
  package init(spec: TrainingSpec, dataDigest: String, revision: Int = MethodRevision.training) {
    self.spec = spec
    self.data = dataDigest
    self.revision = revision
  }

  /// The SHA-256 of the canonical JSON of `{"data", "revision", "spec"}`.
  ///
  /// - Throws: ``CanonicalJSONError/integerTooLarge(_:path:)`` for a seed beyond 2⁵³,
  ///   ``CanonicalJSONError/notFinite(path:)``.
  package func key() throws(CanonicalJSONError) -> ContentKey {
    ContentKey(hash: SHA256.hex(ofText: try CanonicalJSON.text(of: self)))
  }
}
