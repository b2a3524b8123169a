package import Encodings
package import Specifications

/// The identity of a sample of functions: its spec and the revision of the method.
package struct FunctionSampleIdentity: Codable, Hashable, Sendable {
  /// The sample.
  package var spec: FunctionSampleSpec
  /// ``MethodRevision/functionSample`` when the sample was drawn.
  package var revision: Int

  /// The identity of a sample; the revision is this version's unless given.
  package init(spec: FunctionSampleSpec, revision: Int = MethodRevision.functionSample) {
    self.spec = spec
    self.revision = revision
  }

  /// The SHA-256 of the canonical JSON of `{"revision", "spec"}`.
  ///
  /// - Throws: as ``RunIdentity/key()``.
  package func key() throws(CanonicalJSONError) -> ContentKey {
    ContentKey(hash: SHA256.hex(ofText: try CanonicalJSON.text(of: self)))
  }
}
