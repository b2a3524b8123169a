/// How closely a result comes back when it is computed again elsewhere.
public enum ReplayClass: String, Codable, Sendable, CaseIterable {
  /// Bit for bit on the same kind of machine.
  case bitwise
  /// Up to rounding.
  case numeric
  /// As a draw from the same distribution: chaotic training on another CPU.
  case statistical
}
