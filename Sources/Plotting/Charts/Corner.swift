/// A corner of a panel.
public enum Corner: String, Sendable, CaseIterable {
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

  /// A box of the given size in this corner of `frame`, `margin` away from its edges.
  func box(_ size: PictureSize, in frame: Rectangle, margin: Double) -> Rectangle {
    Rectangle(
      x: isLeft ? frame.minX + margin : frame.maxX - margin - size.width,
      y: isTop ? frame.minY + margin : frame.maxY - margin - size.height,
      width: size.width, height: size.height)
  }
}
