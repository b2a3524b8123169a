import Foundation

/// Follows a Mustache template through the values that it is rendered with, and collects the tags that name
/// nothing: the engine renders those as nothing, without a word.
package struct TemplateWalk {
  private enum Node {
    case value(String, tag: Int)
    case section(String, isInverted: Bool, tag: Int, body: [Node])
    case partial(String, tag: Int)
  }

  private struct Template {
    let tags: [String]
    let nodes: [Node]
  }

  private let folder: String
  private let page: String
  private var templates: [String: Template] = [:]
  private var reached: [String: Set<Int>] = [:]
  /// The tags that name no property of any value around them, such as `page: {{titel}}`.
  package private(set) var unknown: Set<String> = []

  /// A walk through the template `page` in `folder`.
  package init(folder: String, page: String) {
    self.folder = folder
    self.page = page
  }

  /// Follows the template through `view`. Bodies of lists that are empty, and of values that are nil, are not
  /// reached.
  package mutating func walk(_ view: Any) throws { try walk(page, [view]) }

  /// The tags that no view has led to, so that nothing is known of them.
  package var unreached: Set<String> {
    Set(
      templates.flatMap { name, template in
        template.tags.indices.filter { reached[name]?.contains($0) != true }.map {
          Self.place(name, template.tags[$0])
        }
      })
  }

  private static func place(_ template: String, _ tag: String) -> String { "\(template): {{\(tag)}}" }

  private mutating func walk(_ name: String, _ stack: [Any]) throws {
    let template = try templates[name] ?? Self.read(folder + "/\(name).mustache")
    templates[name] = template
    try walk(template.nodes, of: name, stack)
  }

  private mutating func walk(_ nodes: [Node], of template: String, _ stack: [Any]) throws {
    for node in nodes {
      switch node {
      case .partial(let name, let tag):
        reached[template, default: []].insert(tag)
        try walk(name, stack)
      case .value(let name, let tag):
        reached[template, default: []].insert(tag)
        if Self.look(name, stack) == nil { unknown.insert(Self.place(template, name)) }
      case .section(let name, let isInverted, let tag, let body):
        reached[template, default: []].insert(tag)
        guard let found = Self.look(name, stack) else {
          unknown.insert(Self.place(template, name))
          continue
        }
        if isInverted || found is Bool {
          try walk(body, of: template, stack)
        } else if let list = found as? [Any] {
          for element in list { try walk(body, of: template, stack + [element]) }
        } else if let value = Self.unwrapped(found) {
          try walk(body, of: template, stack + [value])
        }
      }
    }
  }

  /// What the engine finds under `name`, from the innermost value outwards, past those that are nil; nil if
  /// no value has such a property.
  private static func look(_ name: String, _ stack: [Any]) -> Any? {
    guard let innermost = stack.last else { return nil }
    if name == "." { return innermost }
    let parts = name.split(separator: ".").map(String.init)
    var found: Any?
    for value in name.hasPrefix(".") ? [innermost] : stack.reversed() {
      guard let child = property(parts[0], of: value) else { continue }
      found = found ?? child
      if unwrapped(child) != nil {
        found = child
        break
      }
    }
    for part in parts.dropFirst() { found = found.flatMap { property(part, of: $0) } }
    return found
  }

  private static func property(_ name: String, of value: Any) -> Any? {
    unwrapped(value).flatMap { Mirror(reflecting: $0).children.first { $0.label == name }?.value }
  }

  private static func unwrapped(_ value: Any) -> Any? {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return value }
    return mirror.children.first?.value
  }

  private static func read(_ path: String) throws -> Template {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let matches = text.matches(of: #/\{\{([#^/>]?)\s*([^\s}]+)\s*\}\}/#).map {
      (kind: String($0.1), name: String($0.2))
    }
    var open: [(name: String, isInverted: Bool, tag: Int, body: [Node])] = [("", false, 0, [])]
    var tags: [String] = []
    for match in matches {
      if match.kind == "/" {
        let closed = open.removeLast()
        open[open.count - 1].body.append(
          .section(closed.name, isInverted: closed.isInverted, tag: closed.tag, body: closed.body))
        continue
      }
      tags.append(match.kind + match.name)
      let tag = tags.count - 1
      switch match.kind {
      case "#", "^": open.append((match.name, match.kind == "^", tag, []))
      case ">": open[open.count - 1].body.append(.partial(match.name, tag: tag))
      default: open[open.count - 1].body.append(.value(match.name, tag: tag))
      }
    }
    return Template(tags: tags, nodes: open[0].body)
  }
}
