import Encodings
import Planning
import Specifications

/// The file of a stored sample, as ``ChecksummedJSON``.
extension FunctionSampleRecord: StoredRecord {
  static var kind: StoredKind { .sample }
  /// The layout of the file; raised when a reader of the old one would go wrong.
  private static var schema: Int { 1 }

  func contentKey() -> ContentKey { key }

  func fileContents() throws(CanonicalJSONError) -> [UInt8] {
    try ChecksummedJSON.bytes(
      of: Body(
        schema: Self.schema, key: key, spec: spec, revision: revision, result: result,
        provenance: provenance))
  }

  init(fileContents bytes: [UInt8], key: ContentKey) throws(FileDamage) {
    let found = try ChecksummedJSON.body(
      in: bytes, schema: Self.schema, of: "a sample of functions", as: Body.self)
    do {
      try self.init(
        spec: found.spec, revision: found.revision, result: found.result, provenance: found.provenance)
    } catch {
      throw FileDamage("its key cannot be made again: \(error)")
    }
    guard self.key == key else {
      throw FileDamage("it holds the sample \(self.key), not that of its name")
    }
    guard result.isConsistent(with: spec) else {
      throw FileDamage("its lists do not fit its spec and each other")
    }
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

extension FunctionSampleResult {
  /// Whether the lists fit the spec and each other, as those of every sample do.
  fileprivate func isConsistent(with spec: FunctionSampleSpec) -> Bool {
    let digits = Set("0123456789abcdef")
    let length = (spec.inputCount + 3) / 4
    let isDescending = zip(counts, counts.dropFirst()).allSatisfy { $0 >= $1 }
    return samples == spec.samples && functions.count <= spec.kept
      && functions.allSatisfy { $0.count == length && $0.allSatisfy(digits.contains) }
      && counts.count == functions.count && isDescending && counts.last ?? 1 > 0
      && complexities.count == functions.count && countFunctions.count == countValues.count
  }
}
