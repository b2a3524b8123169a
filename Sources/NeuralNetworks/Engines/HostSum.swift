import LinearAlgebra

/// A sum that a ``HostEngine`` took.
final class HostSum {
  var value: GramSum

  init(_ value: GramSum) { self.value = value }

  static func held(_ sum: ResidentSum) -> HostSum {
    guard let held = sum.storage as? HostSum else {
      preconditionFailure("expected a sum that an engine in the host's memory took")
    }
    return held
  }
}
