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
  static func all(in root: SpecNode, name: String) throws(SpecError) -> [DrawnText] {
    var texts: [DrawnText] = []
    func add(_ node: SpecNode, keys: [String]) throws(SpecError) {
      guard case .mapping(let entries) = node.content else { return }
      for entry in entries where keys.contains(entry.key) {
        guard case .scalar(let text, _) = entry.value.content else { continue }
        texts.append(DrawnText(key: entry.key, text: text, location: entry.value.location))
      }
    }
    try add(root, keys: ["title", "caption"])
    guard case .mapping(let entries) = root.content,
      let panels = entries.first(where: { $0.key == "panels" }),
      case .sequence(let items) = panels.value.content
    else { return texts }
    for item in items { try add(item, keys: ["title", "reason"]) }
    return texts
  }
}
