import Encodings
import Planning
import Specifications

/// The file of a stored sample, as ``ChecksummedJSON``.
enum FunctionSampleFile {
  /// The layout of the file; raised when a reader of the old one would go wrong.
  static let schema = 1

  /// The bytes of the file for `record`.
  static func bytes(of record: FunctionSampleRecord) throws(CanonicalJSONError) -> [UInt8] {
    try ChecksummedJSON.bytes(
      of: Body(
        schema: schema, key: record.key, spec: record.spec, revision: record.revision, result: record.result,
        provenance: record.provenance))
  }

  /// The record in `bytes`, the contents of a file that is named for `key`.
  static func record(
    in bytes: [UInt8], key: ContentKey
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
    guard isConsistent(record.result, with: record.spec) else {
      throw ChecksummedJSON.Damage("its lists do not fit its spec and each other")
    }
    return record
  }

  private static func isConsistent(_ result: FunctionSampleResult, with spec: FunctionSampleSpec) -> Bool {
    let digits = Set("0123456789abcdef")
    let length = (spec.inputCount + 3) / 4
    let isDescending = zip(result.counts, result.counts.dropFirst()).allSatisfy { $0 >= $1 }
    return result.samples == spec.samples && result.functions.count <= spec.kept
      && result.functions.allSatisfy { $0.count == length && $0.allSatisfy(digits.contains) }
      && result.counts.count == result.functions.count && isDescending && result.counts.last ?? 1 > 0
      && result.complexities.count == result.functions.count
      && result.countFunctions.count == result.countValues.count
  }

  private struct Body: Codable {
    let schema: Int
    let key: ContentKey
    let spec: FunctionSampleSpec
    let revision: Int
    let result: FunctionSampleResult
    let provenance: FunctionSampleProvenance
  }
}
