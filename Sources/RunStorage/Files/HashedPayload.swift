import Encodings
import Foundation

/// A file of many numbers: the SHA-256 of the rest and a line feed; a line of canonical JSON; the numbers'
/// bytes.
///
/// The bytes are checked before anything is parsed.
enum HashedPayload {
  private static let digestLength = 64
  private static let lineFeed = UInt8(ascii: "\n")

  static func bytes(header: some Encodable, payload: [UInt8]) throws(CanonicalJSONError) -> [UInt8] {
    var body = Array(try CanonicalJSON.text(of: header).utf8) + [lineFeed]
    body += payload
    return Array(SHA256.hex(of: body).utf8) + [lineFeed] + body
  }

  /// The header and the numbers' bytes; nil where the bytes are not what was written.
  static func parts<Header: Decodable>(
    of bytes: [UInt8], header type: Header.Type
  ) -> (header: Header, payload: ArraySlice<UInt8>)? {
    guard bytes.count > digestLength + 1, bytes[digestLength] == lineFeed else { return nil }
    let body = Array(bytes[(digestLength + 1)...])
    guard bytes[..<digestLength].elementsEqual(SHA256.hex(of: body).utf8),
      let lineEnd = body.firstIndex(of: lineFeed),
      let header = try? JSONDecoder().decode(type, from: Data(body[..<lineEnd]))
    else { return nil }
    return (header, body[(lineEnd + 1)...])
  }
}
