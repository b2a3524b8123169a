import Encodings
import Specifications
import Synchronization

extension MeasurementSpec {
  /// The name under which a run keeps this measurement, such as `sharpness/mnist-fcn/<16 digits>`.
  ///
  /// The digits are the first of the SHA-256 of the canonical JSON of `{"parts", "revision", "spec"}`, so
  /// another setting or another revision of the method gives another name. The settings must be finite
  /// numbers below 2⁵³; in every spec that was read from a file they are.
  package var identity: String {
    if let known = Self.identities.withLock({ $0[self] }) { return known }
    let identity = computedIdentity
    Self.identities.withLock { $0[self] = identity }
    return identity
  }

  /// Those that were asked for: thousands of runs have the same few measurements, and each digest takes 20 µs.
  private static let identities = Mutex<[MeasurementSpec: String]>([:])

  private var computedIdentity: String {
    do {
      let text = try CanonicalJSON.text(of: Identified(spec: self, revision: revision, parts: dependencies))
      return "\(label)/\(SHA256.hex(ofText: text).prefix(16))"
    } catch {
      preconditionFailure("expected settings that are finite numbers below 2⁵³, got \(self): \(error)")
    }
  }

  /// What is measured, and when.
  private var label: String {
    switch self {
    case .network(let measurement, .atZeroError): measurement.name
    case .network(let measurement, .after(let epochs)): "past-\(epochs)/\(measurement.name)"
    case .state(let epochs): "past-\(epochs)/state"
    case .timeline: "timeline"
    }
  }

  /// The revision of the method.
  private var revision: Int {
    switch self {
    case .network(let measurement, _): MeasureDefinition.of(measurement.kind).revision
    case .state: MethodRevision.training
    case .timeline: MethodRevision.timeline
    }
  }

  /// The identities of a timeline's measurements, and the revision of a Monte-Carlo kernel: the revisions of
  /// those methods count too.
  private var dependencies: [String]? {
    switch self {
    case .timeline(let settings): settings.measurements.map { MeasurementSpec.atZeroError($0).identity }
    case .network(let measurement, .atZeroError) where measurement.process?.kernel == .monteCarlo:
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
