extension MeasurementSpec {
  /// The name under which a run keeps this measurement, such as `sharpness/mnist-fcn/<16 digits>`.
  ///
  /// The digits are the first of the SHA-256 of the canonical JSON of `{"revision", "spec"}`, so that other
  /// settings, or another revision of the method, have another name. The settings must be finite numbers
  /// below 2⁵³, as every spec that was read from a file has.
  public var identity: String {
    let label: String
    let revision: Int
    switch self {
    case .sharpness(let settings, let trace):
      label = "\(trace ? "sharpness-trace" : "sharpness")/\(settings.row)"
      revision = MethodRevision.sharpness
    case .prior(let settings):
      label = "prior/\(settings.likelihood.rawValue)"
      revision = MethodRevision.prior
    }
    do {
      let text = try CanonicalJSON.text(of: Identified(spec: self, revision: revision))
      return "\(label)/\(ContentHash.sha256(Array(text.utf8)).prefix(16))"
    } catch {
      preconditionFailure("expected settings that are finite numbers below 2⁵³, got \(self): \(error)")
    }
  }

  private struct Identified: Encodable {
    let spec: MeasurementSpec
    let revision: Int
  }
}
