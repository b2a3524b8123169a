/// What a figure's spec says of it in words.
package struct FigureWords: Equatable, Sendable {
  package let title: String
  package let caption: String

  init(title: String, caption: String) {
    self.title = title
    self.caption = caption
  }

  /// Those in the text of a `fig*.yml`, of which nothing else is read.
  ///
  /// - Parameter file: its name, for messages.
  /// - Throws: ``SpecError``.
  package init(text: String, file: String) throws(SpecError) {
    self = try FigureReader.words(try SpecDocument.root(text: text, file: file), name: file)
  }
}
