import Encodings
import Specifications

extension MeasurementSpec {
  /// The name under which a run keeps this measurement, such as `sharpness/mnist-fcn/<16 digits>`.
  ///
  /// The digits are the first of the SHA-256 of the canonical JSON of `{"revision", "spec"}`, so that other
  /// settings, or another revision of the method, have another name. The settings must be finite numbers
  /// below 2⁵³, as every spec that was read from a file has.
  package var identity: String {
    let (label, revision) = labelAndRevision
    do {
      let text = try CanonicalJSON.text(of: Identified(spec: self, revision: revision, parts: dependencies))
      return "\(label)/\(SHA256.hex(of: Array(text.utf8)).prefix(16))"
    } catch {
      preconditionFailure("expected settings that are finite numbers below 2⁵³, got \(self): \(error)")
    }
  }

  /// What kind of measurement this is, and the revision of its method.
  private var labelAndRevision: (label: String, revision: Int) {
    switch self {
    case .sharpness(let settings, let trace):
      let method = settings.method == .sgd ? "" : "-\(settings.method.rawValue)"
      return ("sharpness\(trace ? "-trace" : "")\(method)/\(settings.row)", MethodRevision.sharpness)
    case .prior(let settings): return ("prior/\(settings.likelihood.rawValue)", MethodRevision.prior)
    case .hessian(let settings): return ("hessian/\(settings.top)", MethodRevision.hessian)
    case .state: return ("state", MethodRevision.training)
    case .later(let epochs, let measurement):
      let (label, revision) = measurement.labelAndRevision
      return ("past-\(epochs)/\(label)", revision)
    case .timeline: return ("timeline", MethodRevision.timeline)
    }
  }

  /// The identities of what a timeline measures, and the revision of a Monte-Carlo kernel, so that the
  /// revisions of those methods count too.
  private var dependencies: [String]? {
    switch self {
    case .timeline(let settings): settings.measurements.map(\.identity)
    case .prior(let settings) where settings.kernel == .monteCarlo:
      ["monte-carlo-kernel/\(MethodRevision.monteCarloKernel)"]
    default: nil
    }
  }

  private struct Identified: Encodable {
    let spec: MeasurementSpec
    let revision: Int
    let parts: [String]?
  }
}
