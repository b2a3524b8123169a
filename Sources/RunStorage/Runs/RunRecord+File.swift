import Encodings
import Planning
import Specifications

/// The file of a stored run, as ``ChecksummedJSON``.
extension RunRecord: StoredRecord {
  static var kind: StoredKind { .run }
  /// The layout of the file; raised when a reader of the old one would go wrong.
  private static var schema: Int { 1 }

  func contentKey() -> ContentKey { key }

  func fileContents() throws(CanonicalJSONError) -> [UInt8] { try ChecksummedJSON.bytes(of: Body(self)) }

  init(fileContents bytes: [UInt8], key: ContentKey) throws(FileDamage) {
    let found = try ChecksummedJSON.body(in: bytes, schema: Self.schema, of: "a run", as: Body.self)
    guard found.key == key else {
      throw FileDamage("it holds the run \(found.key), not that of its name")
    }
    do {
      try self.init(
        spec: found.spec, dataDigest: found.data, dataSummary: found.dataSummary, revision: found.revision,
        results: found.results, provenance: found.provenance)
    } catch {
      throw FileDamage("its key cannot be made again: \(error)")
    }
    guard self.key == key else { throw FileDamage("its key is not that of its spec, data and revision") }
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
      schema = RunRecord.schema
      key = record.key
      spec = record.spec
      data = record.dataDigest
      dataSummary = record.dataSummary
      revision = record.revision
      results = record.results
      provenance = record.provenance
    }
  }
}
