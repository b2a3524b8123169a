package import Specifications

/// A text of a figure's spec that pictures show, and where it stands.
package struct DrawnText: Sendable {
  /// The key: `title`, `caption` or `reason`.
  package let key: String
  /// The text, without markup.
  package let text: String
  /// Where the value begins.
  package let location: SpecLocation

  /// Those of a `fig*.yml` that has been read.
  static func all(in root: SpecNode) -> [DrawnText] {
    guard case .mapping(let entries) = root.content else { return [] }
    return entries.flatMap { entry -> [DrawnText] in
      switch (entry.key, entry.value.content) {
      case ("panels", .sequence(let panels)): panels.flatMap(all)
      case ("title", .scalar(let text, _)), ("caption", .scalar(let text, _)),
        ("reason", .scalar(let text, _)):
        [DrawnText(key: entry.key, text: text, location: entry.value.location)]
      default: []
      }
    }
  }
}
