import Specifications

/// A mapping of a spec file, read key by key with errors that point at the place.
struct SpecMapping {
  /// What the mapping is, for messages, such as "runs.fcn-mnist.dataset".
  let name: String
  let location: SpecLocation
  let entries: [SpecEntry]

  /// `node` as a mapping whose keys are all in `known`; nil allows any key.
  init(_ node: SpecNode, name: String, known: [String]? = nil) throws(SpecError) {
    guard case .mapping(let entries) = node.content else {
      throw .wrongType(key: name, expected: "a mapping", found: node.kind, at: node.location)
    }
    self.name = name
    self.location = node.location
    self.entries = entries
    guard let known else { return }
    for entry in entries where !known.contains(entry.key) {
      throw .unknown(what: "key", found: entry.key, known: known, at: entry.keyLocation)
    }
  }

  /// The value of `key`, or nil.
  func optional(_ key: String) -> SpecNode? { entries.first { $0.key == key }?.value }

  /// The value of `key`.
  func required(_ key: String) throws(SpecError) -> SpecNode {
    guard let node = optional(key) else { throw .missingKey(key, in: name, at: location) }
    return node
  }

  /// The mapping under `key`.
  func mapping(_ key: String, known: [String]? = nil) throws(SpecError) -> SpecMapping {
    try SpecMapping(required(key), name: name.isEmpty ? key : "\(name).\(key)", known: known)
  }

  /// The items of the list under `key`.
  func list(_ key: String) throws(SpecError) -> [SpecNode] {
    let node = try required(key)
    guard case .sequence(let items) = node.content else {
      throw .wrongType(key: key, expected: "a list", found: node.kind, at: node.location)
    }
    return items
  }

  /// The text under `key`, not empty.
  func text(_ key: String) throws(SpecError) -> String { try required(key).readText(for: key) }

  /// The text under `key`, or nil without the key.
  func optionalText(_ key: String) throws(SpecError) -> String? {
    guard let node = optional(key) else { return nil }
    return try node.readText(for: key)
  }

  /// The whole number under `key`, at least `least`.
  func integer(
    _ key: String, atLeast least: Int, atMost most: Int = SpecNode.largestCount
  ) throws(SpecError) -> Int {
    try required(key).readInteger(for: key, atLeast: least, atMost: most)
  }

  /// The finite number under `key`.
  func number(_ key: String, _ bound: NumberBound) throws(SpecError) -> Double {
    try required(key).readNumber(for: key, bound)
  }

  /// True or false under `key`.
  func truth(_ key: String) throws(SpecError) -> Bool {
    let node = try required(key)
    guard case .scalar(let text, isPlain: true) = node.content, let value = Bool(text) else {
      throw .wrongType(key: key, expected: "true or false", found: node.kind, at: node.location)
    }
    return value
  }

  /// The one of `Choice`'s names under `key`; `what` says of what kind they are.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, what: String, as type: Choice.Type = Choice.self
  ) throws(SpecError) -> Choice {
    let node = try required(key)
    return try node.readName(for: key, what: what, among: Choice.allCases.map { ($0.rawValue, $0) })
  }
}
