import Encodings
import Planning
import Specifications

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
  /// - Throws: `CanonicalJSONError` where the spec has no canonical JSON, as with a seed beyond 2⁵³.
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
