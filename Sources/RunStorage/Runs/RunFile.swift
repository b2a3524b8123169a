import Encodings
import Planning
import Specifications

/// The file of a stored run, as ``ChecksummedJSON``.
enum RunFile {
  /// The layout of the file; raised when a reader of the old one would go wrong.
  static let schema = 1

  /// The bytes of the file for `record`.
  static func bytes(of record: RunRecord) throws(CanonicalJSONError) -> [UInt8] {
    try ChecksummedJSON.bytes(of: Body(record))
  }

  /// The record in `bytes`, the contents of a file that is named for `key`.
  static func record(in bytes: [UInt8], key: ContentKey) throws(ChecksummedJSON.Damage) -> RunRecord {
    let found = try ChecksummedJSON.body(in: bytes, schema: schema, of: "a run", as: Body.self)
    guard found.key == key else {
      throw ChecksummedJSON.Damage("it holds the run \(found.key), not that of its name")
    }
    let record: RunRecord
    do {
      record = try found.record()
    } catch {
      throw ChecksummedJSON.Damage("its key cannot be made again: \(error)")
    }
    guard record.key == key else {
      throw ChecksummedJSON.Damage("its key is not that of its spec, data and revision")
    }
    return record
  }

  private struct Body: Codable {
    let schema: Int
    let key: ContentKey
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

    func record() throws(CanonicalJSONError) -> RunRecord {
      try RunRecord(
        spec: spec, dataDigest: data, dataSummary: dataSummary, revision: revision, results: results,
        provenance: provenance)
    }
  }
}
