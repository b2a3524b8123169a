package import Foundation

/// The form of every JSON file: keys sorted, indented, numbers in the shortest form that reads back the
/// same, a newline at the end.
package enum JSONDocument {
  /// The bytes of `value`.
  ///
  /// - Throws: `EncodingError` if it holds a number that is not finite.
  package static func bytes(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(value) + Data("\n".utf8)
  }
}
