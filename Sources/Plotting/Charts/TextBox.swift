/// A few lines of text in a corner of a panel, such as statistics.
public struct TextBox: Equatable, Sendable {
  /// Where the lines stand.
  public enum Place: Equatable, Sendable {
    /// In the corner with the fewest points beneath.
    case automatic
    /// In this corner.
    case corner(Corner)
  }

  /// The lines, in markup.
  public var lines: [String]
  /// The corner.
  public var place: Place

  /// Lines of markup.
  public init(_ lines: [String], place: Place = .automatic) {
    self.lines = lines
    self.place = place
  }
}
