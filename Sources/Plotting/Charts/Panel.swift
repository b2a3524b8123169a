/// One part of a chart, with its letter and title.
package struct Panel: Equatable, Sendable {
  /// What a panel shows.
  package enum Content: Equatable, Sendable {
    /// Data.
    case plot(Plot)
    /// A light box with this text in place of data that does not exist yet; in markup.
    case unavailable(reason: String)
  }

  /// The letter by which texts refer to the panel, such as `(a)`; empty for none.
  package var letter: String
  /// A short title in markup; empty for none.
  package var title: String
  /// What it shows.
  package var content: Content

  /// A panel that shows data.
  package init(letter: String = "", title: String = "", plot: Plot) {
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
  package static func unavailable(
    _ reason: String = "not available yet", letter: String = "", title: String = ""
  ) -> Panel {
    Panel(letter: letter, title: title, content: .unavailable(reason: reason))
  }
}
