/// A corner of a panel.
package enum Corner: String, Sendable, CaseIterable {
  /// Upper left.
  case topLeft
  /// Upper right.
  case topRight
  /// Lower left.
  case bottomLeft
  /// Lower right.
  case bottomRight

  var isTop: Bool { self == .topLeft || self == .topRight }
  var isLeft: Bool { self == .topLeft || self == .bottomLeft }

  var place: BoxPlacement.Place { .init(across: isLeft ? 0 : 1, down: isTop ? 0 : 1) }
}
