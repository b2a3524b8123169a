/// One part of a chart, with its letter and title.
public struct Panel: Equatable, Sendable {
  /// What a panel shows.
  public enum Content: Equatable, Sendable {
    /// Data.
    case plot(Plot)
    /// A light box with this text in place of data that does not exist yet; in markup.
    case unavailable(reason: String)
  }

  /// The letter by which texts refer to the panel, such as `(a)`; empty for none.
  public var letter: String
  /// A short title in markup; empty for none.
  public var title: String
  /// What it shows.
  public var content: Content

  /// A panel that shows data.
  public init(letter: String = "", title: String = "", plot: Plot) {
    self.letter = letter
    self.title = title
    content = .plot(plot)
  }

  private init(letter: String, title: String, content: Content) {
    self.letter = letter
    self.title = title
    self.content = content
  }

  /// A panel whose data does not exist yet, with the reason in markup.
  public static func unavailable(
    _ reason: String = "not available yet", letter: String = "", title: String = ""
  ) -> Panel {
    Panel(letter: letter, title: title, content: .unavailable(reason: reason))
  }
}
