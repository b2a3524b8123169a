import Specifications

extension ReplayClass {
  /// What the class promises, in words.
  var explanation: String {
    switch self {
    case .bitwise: "the same bits on the same kind of machine"
    case .numeric: "the same up to rounding on any machine"
    case .statistical:
      "another kind of processor takes another path through training: the same in distribution"
    }
  }
}
