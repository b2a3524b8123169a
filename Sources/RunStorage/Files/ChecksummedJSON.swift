import Encodings
import Foundation

/// The text of a stored result: canonical JSON on one line, the checksum first.
///
/// `checksum` sorts before every other key, so the canonical JSON that it is taken over is the rest of the
/// line behind an opening brace. The bytes are checked before anything is parsed: no altered byte gets as
/// far as a number, and no rounding in a reader of JSON can hide or feign damage.
enum ChecksummedJSON {
  private static let opening = Array(#"{"checksum":""#.utf8)
  private static let digestLength = 64

  /// The bytes of the file for `body`, an object whose keys sort behind "checksum".
  static func bytes(of body: some Encodable) throws(CanonicalJSONError) -> [UInt8] {
    let body = Array(try CanonicalJSON.text(of: body).utf8)
    return opening + digest(of: body) + Array("\",".utf8) + body.dropFirst() + Array("\n".utf8)
  }

  /// The body in `bytes`, which has the layout `schema`; `what` it is of, such as "a run", is for messages.
  static func body<Body: Decodable>(
    in bytes: [UInt8], schema: Int, of what: String, as type: Body.Type
  ) throws(FileDamage) -> Body {
    let bodyStart = opening.count + digestLength + 2
    guard bytes.last == UInt8(ascii: "\n") else { throw FileDamage("it is cut short") }
    guard bytes.count > bodyStart + 1, bytes.starts(with: opening),
      bytes[bodyStart - 2] == UInt8(ascii: "\""), bytes[bodyStart - 1] == UInt8(ascii: ",")
    else { throw FileDamage("it does not begin with a checksum") }
    let body = Array("{".utf8) + bytes[bodyStart..<bytes.count - 1]
    guard Array(bytes[opening.count..<opening.count + digestLength]) == digest(of: body) else {
      throw FileDamage("its checksum is not that of its contents")
    }
    let decoder = JSONDecoder()
    do {
      // The schema comes first: a later layout may lack keys that this one asks for.
      let found = try decoder.decode(Header.self, from: Data(body)).schema
      guard found == schema else {
        throw FileDamage("its schema is \(found), not \(schema)", isOfEarlierLayout: found < schema)
      }
      return try decoder.decode(type, from: Data(body))
    } catch let damage as FileDamage {
      throw damage
    } catch {
      throw FileDamage("its contents are not those of \(what): \(error)")
    }
  }

  private static func digest(of bytes: [UInt8]) -> [UInt8] { Array(SHA256.hex(of: bytes).utf8) }

  private struct Header: Decodable { let schema: Int }
}
