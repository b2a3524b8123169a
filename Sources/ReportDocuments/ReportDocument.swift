import Encodings
import Foundation

/// A JSON file of a report: the same type for the writer and for every reader.
package protocol ReportDocument: Codable, Equatable, Sendable {
  /// The file's path in the report's folder.
  static var fileName: String { get }
  /// The name and number of the file's layout, such as `plateau-metrics/1`; the number is raised when a reader of the
  /// old layout would go wrong.
  static var schema: String { get }
  /// ``ReportDocument/schema`` of the program that wrote the file.
  var schema: String { get }
}

extension ReportDocument {
  /// The bytes of the file.
  ///
  /// - Throws: `EncodingError` if the document holds a number that is not finite.
  package func bytes() throws -> Data { try JSONDocument.bytes(self) }
}
