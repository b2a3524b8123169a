import Specifications
import Yams

/// Reads a spec file's text into nodes that know their places and sources.
struct SpecDocument {
  private let file: String
  private let lines: [Substring]

  /// The file's one mapping. A byte-order mark before it is passed over.
  static func root(text: String, file: String) throws(SpecError) -> SpecNode {
    let text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    let document = SpecDocument(
      file: file, lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
    try YAMLExtent.check(text, file: file)
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw document.planningError(for: error)
    } catch {
      throw .syntax("\(error)", at: SpecLocation(file: file, line: 1, column: 1))
    }
    guard let node else {
      throw .syntax("the file is empty", at: SpecLocation(file: file, line: 1, column: 1))
    }
    return try document.specNode(node, inherited: [])
  }

  private func specNode(_ node: Node, inherited: [String]) throws(SpecError) -> SpecNode {
    let location = location(of: node.mark)
    let sources = try sources(onLine: location.line) ?? inherited
    switch node {
    case .scalar(let scalar):
      try checkPrintable(scalar, at: location)
      return SpecNode(
        content: .scalar(scalar.string, isPlain: scalar.style == .plain), location: location, sources: sources
      )
    case .sequence(let sequence):
      var items: [SpecNode] = []
      for item in sequence { items.append(try specNode(item, inherited: inherited)) }
      return SpecNode(content: .sequence(items), location: location, sources: sources)
    case .mapping(let mapping):
      // A block mapping's mark is its first key: the tags of that line belong to that key alone, so the
      // children inherit what stood above.
      return SpecNode(
        content: .mapping(try entries(of: mapping, inherited: inherited)), location: location,
        sources: inherited)
    case .alias:
      throw .syntax("an alias to an anchor that is not there", at: location)
    }
  }

  private func entries(of mapping: Node.Mapping, inherited: [String]) throws(SpecError) -> [SpecEntry] {
    var entries: [SpecEntry] = []
    var names: Set<String> = []
    for (key, value) in mapping {
      let keyLocation = location(of: key.mark)
      guard case .scalar(let name) = key else {
        throw .wrongType(key: "a key", expected: "text", found: "a list or mapping", at: keyLocation)
      }
      try checkPrintable(name, at: keyLocation)
      guard names.insert(name.string).inserted else {
        throw .duplicate(what: "key", name: name.string, at: keyLocation)
      }
      let sources = try sources(onLine: keyLocation.line) ?? inherited
      entries.append(
        SpecEntry(key: name.string, keyLocation: keyLocation, value: try specNode(value, inherited: sources)))
    }
    return entries
  }

  private func checkPrintable(_ scalar: Node.Scalar, at location: SpecLocation) throws(SpecError) {
    guard let character = SpecText.unprintable(in: scalar.string) else { return }
    throw .unprintable(character, at: location)
  }

  /// The tags of a trailing comment such as `# [P, C]`; nil where the line has none.
  private func sources(onLine line: Int) throws(SpecError) -> [String]? {
    guard lines.indices.contains(line - 1), let list = Self.bracketed(inCommentOf: lines[line - 1]) else {
      return nil
    }
    let tags = list.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
      .map { String($0.reversed().trimmingPrefix { $0 == " " }.reversed()) }
    for tag in tags where !SettingEntry.sourceTags.contains(tag) {
      let column = lines[line - 1].unicodeScalars.prefix { $0 != "#" }.count + 1
      throw .unknown(
        what: "source", found: tag, known: SettingEntry.sourceTags,
        at: SpecLocation(file: file, line: line, column: column))
    }
    return tags
  }

  /// What stands in the brackets that a comment begins with. Plain, since each command looks at each line of each
  /// spec, and a regular expression is compiled anew each time.
  private static func bracketed(inCommentOf line: Substring) -> Substring? {
    var rest = line
    while let number = rest.firstIndex(of: "#") {
      let follows = number > line.startIndex && line[line.index(before: number)].isWhitespace
      rest = rest[number...].dropFirst()
      let comment = rest.drop(while: \.isWhitespace)
      guard follows, comment.first == "[" else { continue }
      let list = comment.dropFirst()
      guard let end = list.firstIndex(where: "[]".contains) else { return nil }
      if list[end] == "]" { return list[..<end] }
    }
    return nil
  }

  private func location(of mark: Mark?) -> SpecLocation {
    SpecLocation(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private func planningError(for error: YamlError) -> SpecError {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      return .syntax(
        [context?.text, problem].compactMap { $0 }.joined(separator: ", "), at: location(of: mark))
    case .duplicatedKeysInMapping(let duplicates, let context):
      return .duplicate(
        what: "key", name: duplicates.joined(separator: "', '"), at: location(of: context.mark))
    default:
      return .syntax("\(error)", at: location(of: nil))
    }
  }
}
