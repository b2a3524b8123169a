import Specifications

/// One value of a spec file, with its place and the sources named beside it.
struct SpecNode: Sendable {
  /// A value, as YAML has them.
  indirect enum Content: Sendable {
    /// `isPlain` is false for quoted text, which is never a number.
    case scalar(String, isPlain: Bool)
    case sequence([SpecNode])
    case mapping([SpecEntry])
  }
  var content: Content
  var location: SpecLocation
  /// Source tags from the comment on this line, else inherited from the closest enclosing line.
  var sources: [String]

  /// The value on one line, as it was typed.
  var text: String {
    switch content {
    case .scalar(let text, _): return text
    case .sequence(let items): return items.map(\.text).joined(separator: ", ")
    case .mapping(let entries):
      return entries.map { "\($0.key) \($0.value.text)" }.joined(separator: ", ")
    }
  }

  /// The value itself, whichever way it was typed.
  var value: SettingValue {
    switch content {
    case .scalar(let text, let isPlain):
      isPlain ? SettingValue.number(text).map(SettingValue.number) ?? .text(text) : .text(text)
    case .sequence(let items): .list(items.map(\.value))
    case .mapping: progression ?? .text(text)
    }
  }

  /// The value of a mapping of three numbers `from`, `through` and `by`.
  private var progression: SettingValue? {
    guard case .mapping(let entries) = content, entries.count == 3 else { return nil }
    let numbers = ["from", "through", "by"].compactMap { key -> Double? in
      guard case .number(let number) = entries.first(where: { $0.key == key })?.value.value else {
        return nil
      }
      return number
    }
    return numbers.count == 3 ? .progression(from: numbers[0], through: numbers[1], by: numbers[2]) : nil
  }

  /// What the value is, in a word, for messages.
  var kind: String {
    switch content {
    case .scalar(let text, let isPlain):
      if isPlain, text.isEmpty || text == "~" || text == "null" { return "nothing" }
      return isPlain ? "'\(text)'" : "the text \"\(text)\""
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    }
  }

  /// This value with `override` on top: mappings are merged key by key, all else is replaced.
  ///
  /// A value that comes to differ and has no source of its own is our own choice: tag O.
  func merged(with override: SpecNode) -> SpecNode {
    guard case .mapping(var entries) = content, case .mapping(let additions) = override.content else {
      if value == override.value, override.sources.isEmpty { return self }
      return override.taggedAsOwnChoice()
    }
    for addition in additions {
      if let index = entries.firstIndex(where: { $0.key == addition.key }) {
        entries[index].value = entries[index].value.merged(with: addition.value)
      } else {
        entries.append(
          SpecEntry(
            key: addition.key, keyLocation: addition.keyLocation,
            value: addition.value.taggedAsOwnChoice()))
      }
    }
    return SpecNode(content: .mapping(entries), location: location, sources: sources)
  }

  /// The same value, every part without a source tagged O.
  private func taggedAsOwnChoice() -> SpecNode {
    var node = self
    if sources.isEmpty { node.sources = ["O"] }
    if case .mapping(let entries) = content {
      node.content = .mapping(
        entries.map {
          SpecEntry(key: $0.key, keyLocation: $0.keyLocation, value: $0.value.taggedAsOwnChoice())
        })
    }
    return node
  }
}

/// One key of a mapping in a spec file, with its value.
struct SpecEntry: Sendable {
  var key: String
  var keyLocation: SpecLocation
  var value: SpecNode
}
