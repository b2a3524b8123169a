/// How closely a result comes back when it is computed again elsewhere.
package enum ReplayClass: String, Codable, Sendable, CaseIterable {
  /// Bit for bit on the same kind of machine.
  case bitwise
  /// Up to rounding.
  case numeric
  /// As a draw from the same distribution: chaotic training on another CPU.
  case statistical

  /// The class of what is made from results of these classes: bitwise from none.
  package static func weakest(_ classes: some Sequence<ReplayClass>) -> ReplayClass {
    let found = Set(classes)
    return found.contains(.statistical) ? .statistical : found.contains(.numeric) ? .numeric : .bitwise
  }
}
