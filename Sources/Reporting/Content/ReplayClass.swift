/// How closely a result comes back when it is made again.
public enum ReplayClass: String, Sendable, Equatable, CaseIterable {
  /// The same bits on the same kind of machine.
  case bitwise
  /// The same up to rounding.
  case numeric
  /// The same in distribution: chaotic training on another processor takes another path.
  case statistical

  /// The sentence that the report prints.
  var explanation: String {
    switch self {
    case .bitwise: "the same bits on the same kind of machine"
    case .numeric: "the same up to rounding on any machine"
    case .statistical:
      "another kind of processor takes another path through training: the same in distribution"
    }
  }
}
