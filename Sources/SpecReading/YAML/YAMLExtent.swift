import CYaml
import Specifications

/// How much a YAML text holds once every alias is written out: nine lines, each of nine aliases to the line before,
/// are a few hundred bytes and 10⁹ values.
///
/// Found from libyaml's events, before any value is made: Yams hashes mapping keys, and does not end on a key that
/// grows.
struct YAMLExtent {
  /// The most values that a file may have: some hundred times what the largest spec has.
  static let largestCount = 100_000
  /// The most bytes of text, aliases written out: four times what a file may have without.
  static let largestSize = 4_000_000
  /// The deepest that values may lie within each other.
  static let largestDepth = 100

  /// A value, with those inside it.
  private struct Part {
    var count = 1
    var height = 1
    var size = 0
  }
  /// The lists and mappings that are begun and not ended, each with its anchor.
  private var open: [(part: Part, anchor: String?)] = []
  private var anchored: [String: Part] = [:]
  private let file: String

  /// Checks `text`. What is not YAML is left to the reader, which says what is wrong with it.
  ///
  /// - Throws: ``SpecError/tooLarge(_:at:)`` at the value that is one too many, or too deep.
  static func check(_ text: String, file: String) throws(SpecError) {
    var extent = YAMLExtent(file: file)
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { return }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    let bytes = ContiguousArray(text.utf8)
    let failure = bytes.withUnsafeBufferPointer { bytes -> SpecError? in
      yaml_parser_set_input_string(&parser, bytes.baseAddress, bytes.count)
      do throws(SpecError) {
        while try extent.takeEvent(of: &parser) {}
        return nil
      } catch {
        return error
      }
    }
    if let failure { throw failure }
  }

  private init(file: String) { self.file = file }

  /// Takes the next event; false at the end, or at an error.
  private mutating func takeEvent(of parser: inout yaml_parser_t) throws(SpecError) -> Bool {
    var event = yaml_event_t()
    guard yaml_parser_parse(&parser, &event) == 1 else { return false }
    defer { yaml_event_delete(&event) }
    func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? { anchor.map { String(cString: $0) } }
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      try add(Part(size: scalar.length), name(scalar.anchor), event.start_mark)
    case YAML_ALIAS_EVENT:
      guard let part = name(event.data.alias.anchor).flatMap({ anchored[$0] }) else { return false }
      try add(part, nil, event.start_mark)
    case YAML_SEQUENCE_START_EVENT: open.append((Part(), name(event.data.sequence_start.anchor)))
    case YAML_MAPPING_START_EVENT: open.append((Part(), name(event.data.mapping_start.anchor)))
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let (part, anchor) = open.popLast() else { return false }
      try add(part, anchor, event.start_mark)
    case YAML_STREAM_END_EVENT: return false
    default: break
    }
    return true
  }

  /// Adds a value that is complete to what holds it.
  private mutating func add(_ part: Part, _ anchor: String?, _ mark: yaml_mark_t) throws(SpecError) {
    if let anchor { anchored[anchor] = part }
    let location = SpecLocation(file: file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    guard open.count + part.height <= Self.largestDepth else {
      throw .tooLarge("values lie more than \(Self.largestDepth) deep within each other", at: location)
    }
    guard let index = open.indices.last else { return }
    open[index].part.height = max(open[index].part.height, part.height + 1)
    // A list or mapping counts what is in it, so the sum of those that are open is the file's so far.
    open[index].part.count += part.count
    open[index].part.size += part.size
    guard open.reduce(0, { $0 + $1.part.count }) <= Self.largestCount else {
      throw .tooLarge("the file has more than \(Self.largestCount) values", at: location)
    }
    guard open.reduce(0, { $0 + $1.part.size }) <= Self.largestSize else {
      throw .tooLarge(
        "the file has more than \(Self.largestSize) bytes of text, aliases written out", at: location)
    }
  }
}
