package import Encodings
package import Planning
package import Specifications

/// One run as the store keeps it: what it was made from, what it found, and how.
package struct RunRecord: Equatable, Sendable {
  /// The content hash of `spec`, `dataDigest` and `revision`.
  package let key: ContentKey
  /// The training.
  package let spec: TrainingSpec
  /// The digest of the images and labels used.
  package let dataDigest: String
  /// The data set in a few words, such as "MNIST, t10k part (10 000 images)"; which of its images are used
  /// follows from the sizes in `spec`.
  package let dataSummary: String
  /// ``MethodRevision/training`` when the run was made.
  package let revision: Int
  /// What the run found.
  package var results: RunResult
  /// How and on what it was made.
  package var provenance: RunProvenance

  /// A record under the key of its own contents.
  ///
  /// - Throws: `CanonicalJSONError` where the spec has no canonical JSON, as with a seed beyond 2⁵³.
  package init(
    spec: TrainingSpec, dataDigest: String, dataSummary: String, revision: Int = MethodRevision.training,
    results: RunResult, provenance: RunProvenance
  ) throws(CanonicalJSONError) {
    key = try RunIdentity(spec: spec, dataDigest: dataDigest, revision: revision).key()
    self.spec = spec
    self.dataDigest = dataDigest
    self.dataSummary = dataSummary
    self.revision = revision
    self.results = results
    self.provenance = provenance
  }

  /// This record with the measurements of `earlier` that it lacks.
  ///
  /// Measurements belong to one trained network, so they are taken over only where both trainings ended the
  /// same; nil where they did not.
  func merged(with earlier: RunRecord) -> RunRecord? {
    guard earlier.key == key, earlier.results.training == results.training else { return nil }
    var record = self
    record.results.measurements.merge(earlier.results.measurements) { own, _ in own }
    record.provenance.secondsByMeasurement.merge(earlier.provenance.secondsByMeasurement) { own, _ in own }
    record.provenance.processorSecondsByMeasurement?
      .merge(earlier.provenance.processorSecondsByMeasurement ?? [:]) { own, _ in own }
    return record
  }
}
