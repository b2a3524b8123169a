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
