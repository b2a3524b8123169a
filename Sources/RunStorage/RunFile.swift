import Foundation
import Planning

/// The text of a stored run: canonical JSON on one line, the checksum first.
///
/// `checksum` sorts before every other key, so the canonical JSON that it is taken over is the rest of the
/// line behind an opening brace. The bytes are checked before anything is parsed: no altered byte gets as
/// far as a number, and no rounding in a reader of JSON can hide or feign damage.
enum RunFile {
  /// The layout of the file; raised when a reader of the old one would go wrong.
  static let schema = 1
  private static let opening = Array(#"{"checksum":""#.utf8)
  private static let digestLength = 64

  /// The bytes of the file for `record`.
  static func bytes(of record: RunRecord) throws(PlanningError) -> [UInt8] {
    let body = Array(try CanonicalJSON.text(of: Body(record)).utf8)
    return opening + digest(of: body) + Array("\",".utf8) + body.dropFirst() + Array("\n".utf8)
  }

  /// The record in `bytes`, the contents of a file that is named for `key`.
  static func record(in bytes: [UInt8], key: RunKey) throws(Damage) -> RunRecord {
    let bodyStart = opening.count + digestLength + 2
    guard bytes.last == UInt8(ascii: "\n") else { throw Damage("it is cut short") }
    guard bytes.count > bodyStart + 1, bytes.starts(with: opening),
      bytes[bodyStart - 2] == UInt8(ascii: "\""), bytes[bodyStart - 1] == UInt8(ascii: ",")
    else { throw Damage("it does not begin with a checksum") }
    let body = Array("{".utf8) + bytes[bodyStart..<bytes.count - 1]
    guard Array(bytes[opening.count..<opening.count + digestLength]) == digest(of: body) else {
      throw Damage("its checksum is not that of its contents")
    }
    return try decode(Data(body), key: key)
  }

  private static func decode(_ body: Data, key: RunKey) throws(Damage) -> RunRecord {
    let decoder = JSONDecoder()
    let found: Body
    do {
      // The schema comes first: a later layout may lack keys that this one asks for.
      let schema = try decoder.decode(Header.self, from: body).schema
      guard schema == Self.schema else { throw Damage("its schema is \(schema), not \(Self.schema)") }
      found = try decoder.decode(Body.self, from: body)
    } catch let damage as Damage {
      throw damage
    } catch {
      throw Damage("its contents are not those of a run: \(error)")
    }
    guard found.key == key else { throw Damage("it holds the run \(found.key), not that of its name") }
    let record: RunRecord
    do {
      record = try found.record()
    } catch {
      throw Damage("its key cannot be made again: \(error)")
    }
    guard record.key == key else { throw Damage("its key is not that of its spec, data and revision") }
    return record
  }

  private static func digest(of bytes: [UInt8]) -> [UInt8] { Array(ContentHash.sha256(bytes).utf8) }

  /// Why a file cannot be read as a run.
  struct Damage: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }

  private struct Header: Decodable { let schema: Int }

  private struct Body: Codable {
    let schema: Int
    let key: RunKey
    let spec: TrainingSpec
    let data: String
    let dataSummary: String
    let revision: Int
    let results: RunResult
    let provenance: RunProvenance

    init(_ record: RunRecord) {
      schema = RunFile.schema
      key = record.key
      spec = record.spec
      data = record.dataDigest
      dataSummary = record.dataSummary
      revision = record.revision
      results = record.results
      provenance = record.provenance
    }

    func record() throws(PlanningError) -> RunRecord {
      try RunRecord(
        spec: spec, dataDigest: data, dataSummary: dataSummary, revision: revision, results: results,
        provenance: provenance)
    }
  }
}
