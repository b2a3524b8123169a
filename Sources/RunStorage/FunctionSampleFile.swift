import Planning

/// The file of a stored sample, as ``ChecksummedJSON``.
enum FunctionSampleFile {
  /// The layout of the file; raised when a reader of the old one would go wrong.
  static let schema = 1

  /// The bytes of the file for `record`.
  static func bytes(of record: FunctionSampleRecord) throws(PlanningError) -> [UInt8] {
    try ChecksummedJSON.bytes(
      of: Body(
        schema: schema, key: record.key, spec: record.spec, revision: record.revision, result: record.result,
        provenance: record.provenance))
  }

  /// The record in `bytes`, the contents of a file that is named for `key`.
  static func record(
    in bytes: [UInt8], key: RunKey
  ) throws(ChecksummedJSON.Damage) -> FunctionSampleRecord {
    let found = try ChecksummedJSON.body(
      in: bytes, schema: schema, of: "a sample of functions", as: Body.self)
    let record: FunctionSampleRecord
    do {
      record = try FunctionSampleRecord(
        spec: found.spec, revision: found.revision, result: found.result, provenance: found.provenance)
    } catch {
      throw ChecksummedJSON.Damage("its key cannot be made again: \(error)")
    }
    guard record.key == key else {
      throw ChecksummedJSON.Damage("it holds the sample \(record.key), not that of its name")
    }
    let result = record.result
    guard result.counts.count == result.functions.count, result.complexities.count == result.functions.count,
      result.countFunctions.count == result.countValues.count
    else { throw ChecksummedJSON.Damage("its lists are not of one length") }
    return record
  }

  private struct Body: Codable {
    let schema: Int
    let key: RunKey
    let spec: FunctionSampleSpec
    let revision: Int
    let result: FunctionSampleResult
    let provenance: FunctionSampleProvenance
  }
}
