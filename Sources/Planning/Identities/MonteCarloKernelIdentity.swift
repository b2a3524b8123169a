package import Encodings
package import Specifications

/// The identity of a Monte-Carlo kernel: the inputs, the networks that are drawn, and the revision of the
/// method.
package struct MonteCarloKernelIdentity: Codable, Hashable, Sendable {
  /// The inputs: S, then E.
  package var dataset: DatasetSpec
  /// The digest of the images and labels.
  package var data: String
  /// The networks and their distribution.
  package var network: NetworkSpec
  /// σ_w² of the kernel.
  package var weightVariance: Double
  /// σ_b² of the kernel.
  package var biasVariance: Double
  /// The seed of the report.
  package var seed: UInt64
  /// ``MethodRevision/monteCarloKernel`` when the kernel was made.
  package var revision: Int

  /// The identity of the kernel of `settings` for the networks of `training`; the revision is this version's
  /// unless given. The number of initialisations is not part of the identity, so a stored partial sum can be
  /// extended.
  package init(
    training: TrainingSpec, dataDigest: String, settings: PriorSettings,
    revision: Int = MethodRevision.monteCarloKernel
  ) {
    dataset = training.dataset
    // The drawn networks do not depend on the pool of A.
    dataset.attackPool = 0
    data = dataDigest
    network = training.network
    weightVariance = settings.weightVariance
    biasVariance = settings.biasVariance
    seed = training.seed
    self.revision = revision
  }

  /// The SHA-256 of the canonical JSON.
  ///
  /// - Throws: as ``RunIdentity/key()``.
  package func key() throws(CanonicalJSONError) -> ContentKey {
    ContentKey(hash: SHA256.hex(ofText: try CanonicalJSON.text(of: self)))
  }
}
