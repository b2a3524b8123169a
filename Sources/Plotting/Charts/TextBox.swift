/// A few lines of text in a corner of a panel, such as statistics.
package struct TextBox: Equatable, Sendable {
  /// Where the lines stand.
  package enum Place: Equatable, Sendable {
    /// In the corner with the fewest points beneath.
    case automatic
    /// In this corner.
    case corner(Corner)
  }

  /// The lines, in markup.
  package var lines: [String]
  /// The corner.
  package var place: Place

  /// Lines of markup.
  package init(_ lines: [String], place: Place = .automatic) {
    self.lines = lines
    self.place = place
  }
}

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
