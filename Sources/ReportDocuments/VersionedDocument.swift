import Encodings
package import Foundation

/// A JSON file with a numbered layout: one type for its writer and for every reader.
package protocol VersionedDocument: Codable, Equatable, Sendable {
  /// The file's path in its folder.
  static var fileName: String { get }
  /// The name and number of the file's layout, such as `plateau-metrics/1`; the number is raised when a
  /// reader of the old layout would go wrong.
  static var schema: String { get }
  /// ``VersionedDocument/schema`` of the program that wrote the file.
  var schema: String { get }
}

extension VersionedDocument {
  /// What the layouts of this document begin with, whatever their number, such as `plateau-metrics/`.
  package static var schemaPrefix: String { String(schema.prefix { $0 != "/" }) + "/" }

  /// The bytes of the file, ending in a newline.
  ///
  /// - Throws: `EncodingError` if the document holds a number that is not finite.
  package func bytes() throws -> Data { try JSONDocument.bytes(self) }
}

/// What every ``VersionedDocument`` begins with, for telling one layout from another before the rest is read.
package struct DocumentHeader: Decodable, Sendable {
  /// The layout.
  package let schema: String
  /// The version of plateau that wrote the file, if the file says so.
  package let plateauVersion: String?
}
