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

  /// What has been written so far; nil if nothing has.
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
        throw CanonicalJSONError.integerTooLarge("\(value)", path: Self.text(path))
      }
      content = .leaf(.number(exact))
    default:
      try value.encode(to: JSONTreeEncoder(tree: self, codingPath: path))
      if self.value == nil {
        throw CanonicalJSONError.notEncodable(reason: "nothing was written at '\(Self.text(path))'")
      }
    }
  }

  private func write(number: Double, _ path: [any CodingKey]) throws {
    guard number.isFinite else { throw CanonicalJSONError.notFinite(path: Self.text(path)) }
    content = .leaf(.number(number))
  }

  private static func text(_ path: [any CodingKey]) -> String {
    path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}

/// Encodes into a ``JSONTree``.
///
/// Foundation's encoder ends in text in which 1.0 and 1 are the same; canonical numbers have to know an
/// integer from a double, so the tree is filled here.
struct JSONTreeEncoder: Encoder {
  let tree: JSONTree
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    tree.becomeObject()
    return KeyedEncodingContainer(Keyed<Key>(tree: tree, codingPath: codingPath))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    tree.becomeArray()
    return Unkeyed(tree: tree, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer {
    Single(tree: tree, codingPath: codingPath)
  }

  private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let tree: JSONTree
    let codingPath: [any CodingKey]

    private func encoder(for key: any CodingKey) -> JSONTreeEncoder {
      JSONTreeEncoder(tree: tree.member(key.stringValue), codingPath: codingPath + [key])
    }
    func encodeNil(forKey key: Key) { tree.member(key.stringValue).writeNull() }
    func encode(_ value: some Encodable, forKey key: Key) throws {
      try tree.member(key.stringValue).write(value, path: codingPath + [key])
    }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> { encoder(for: key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoder(for: key).unkeyedContainer()
    }
    func superEncoder() -> any Encoder { encoder(for: Position(stringValue: "super")) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }
  }

  private struct Unkeyed: UnkeyedEncodingContainer {
    let tree: JSONTree
    let codingPath: [any CodingKey]
    var count: Int { tree.count }

    private func nextEncoder() -> JSONTreeEncoder {
      let position = Position(intValue: count)
      return JSONTreeEncoder(tree: tree.nextItem(), codingPath: codingPath + [position])
    }
    func encodeNil() { tree.nextItem().writeNull() }
    func encode(_ value: some Encodable) throws {
      let path = codingPath + [Position(intValue: count)]
      try tree.nextItem().write(value, path: path)
    }
    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> { nextEncoder().container(keyedBy: type) }
    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { nextEncoder().unkeyedContainer() }
    func superEncoder() -> any Encoder { nextEncoder() }
  }

  private struct Single: SingleValueEncodingContainer {
    let tree: JSONTree
    let codingPath: [any CodingKey]

    func encodeNil() { tree.writeNull() }
    func encode(_ value: some Encodable) throws { try tree.write(value, path: codingPath) }
  }

  /// A place in an array, or a name that the value's own keys do not have.
  private struct Position: CodingKey {
    let stringValue: String
    let intValue: Int?
    init(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
    init(intValue: Int) { (stringValue, self.intValue) = ("\(intValue)", intValue) }
  }
}
