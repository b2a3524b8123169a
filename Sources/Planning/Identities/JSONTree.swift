/// The JSON value that an `Encodable` value is writing, while it is being written.
///
/// A class because `Encoder` hands out containers that all write into one place.
final class JSONTree {
  private enum Content {
    case empty
    case leaf(JSONValue)
    case array([JSONTree])
    case object([String: JSONTree])
  }
  private var content = Content.empty

  /// What has been written so far; nil where nothing has.
  var value: JSONValue? {
    switch content {
    case .empty: return nil
    case .leaf(let value): return value
    case .array(let items): return .array(items.compactMap(\.value))
    case .object(let members): return .object(members.compactMapValues(\.value))
    }
  }

  /// The number of items, where this is an array.
  var count: Int {
    if case .array(let items) = content { return items.count }
    return 0
  }

  /// Makes this an object, unless it is one.
  func becomeObject() {
    if case .object = content { return }
    content = .object([:])
  }

  /// Makes this an array, unless it is one.
  func becomeArray() {
    if case .array = content { return }
    content = .array([])
  }

  /// The place for the member `key`, new or the one that is there.
  func member(_ key: String) -> JSONTree {
    guard case .object(var members) = content else { return JSONTree() }
    if let member = members[key] { return member }
    let member = JSONTree()
    content = .empty  // so that the dictionary is changed in place
    members[key] = member
    content = .object(members)
    return member
  }

  /// The place for one more item.
  func nextItem() -> JSONTree {
    guard case .array(var items) = content else { return JSONTree() }
    let item = JSONTree()
    content = .empty  // so that the array is changed in place
    items.append(item)
    content = .array(items)
    return item
  }

  /// Writes null.
  func writeNull() { content = .leaf(.null) }

  /// Writes any value, at `path` for errors.
  func write(_ value: some Encodable, path: [any CodingKey]) throws {
    switch value {
    case let value as Bool: content = .leaf(.boolean(value))
    case let value as String: content = .leaf(.text(value))
    case let value as Double: try write(number: value, path)
    case let value as Float: try write(number: Double(value), path)
    case let value as any BinaryInteger:
      // Beyond 2⁵³ not every integer is a double, and a reader would round it in silence.
      guard let exact = Double(exactly: value), abs(exact) <= 0x1p53 else {
        throw PlanningError.integerTooLarge("\(value)", path: Self.text(path))
      }
      content = .leaf(.number(exact))
    default:
      try value.encode(to: JSONTreeEncoder(tree: self, codingPath: path))
      if self.value == nil {
        throw PlanningError.notEncodable(reason: "nothing was written at '\(Self.text(path))'")
      }
    }
  }

  private func write(number: Double, _ path: [any CodingKey]) throws {
    guard number.isFinite else { throw PlanningError.notFinite(path: Self.text(path)) }
    content = .leaf(.number(number))
  }

  private static func text(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
