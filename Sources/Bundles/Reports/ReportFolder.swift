import Encodings
package import Foundation
package import ReportDocuments
package import Reporting

/// A report on disk, verified: every file that its `SHA256SUMS` lists is there with the listed digest.
package struct ReportFolder: Sendable {
  /// What users call it: the folder's path, or that of the bundle it comes from.
  package let name: String
  /// The digest of all its files but `run.json`: the SHA-256 of `SHA256SUMS`.
  package let digest: String
  /// The SHA-256 of each file that `SHA256SUMS` lists, which is every one but itself and `run.json`.
  let digests: [String: String]
  /// The files of the site, sorted, `SHA256SUMS` and `run.json` among them.
  package let files: [String]
  /// What it was made from.
  package let inputs: ReportInputs
  /// The version of plateau that wrote it.
  package let plateauVersion: String?
  private let folder: URL

  static let sums = FolderReplacement.listing

  /// The report in the folder `path`; `name` is its name in messages, the path by default.
  ///
  /// - Throws: ``BundlesError``.
  package init(_ path: String, name: String? = nil) throws(BundlesError) {
    let name = name ?? path
    let folder = URL(fileURLWithPath: path, isDirectory: true)
    self.name = name
    self.folder = folder
    guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: name) }
    func bytes(_ file: String) -> Data? { try? Data(contentsOf: folder.appendingPathComponent(file)) }

    guard let metrics = bytes(MetricsDocument.fileName) else {
      throw .notAReport(path: name, reason: "it has no \(MetricsDocument.fileName)")
    }
    plateauVersion = try Self.header(of: MetricsDocument.self, metrics, in: name).plateauVersion
    let listing = try ReportListing(folder, name: name)
    guard listing.missing.isEmpty, listing.damaged.isEmpty else {
      throw .damagedReport(path: name, missing: listing.missing, damaged: listing.damaged)
    }
    digest = listing.digest
    digests = listing.digests
    let volatiles = bytes(RunDocument.fileName) == nil ? [] : [RunDocument.fileName]
    files = (digests.keys + [Self.sums] + volatiles).sorted()
    inputs = try Self.document(bytes(ReportInputs.fileName), in: name)
  }

  /// Where a file or folder of the report lies on disk.
  package func path(of file: String) -> String { folder.appendingPathComponent(file).path }

  /// The bytes of one of its files.
  package func data(_ file: String) throws(BundlesError) -> Data {
    do {
      return try Data(contentsOf: folder.appendingPathComponent(file))
    } catch {
      throw .unreadable(path: name, file: file, reason: error.localizedDescription)
    }
  }

  /// The store that the report was made from, as `run.json` states it; nil if it does not.
  package var store: String? {
    // No digest covers the file, and parts of it may have been removed before it was published.
    struct Paths: Decodable { let paths: [String: String] }
    let run = (try? data(RunDocument.fileName)).flatMap { try? JSONDecoder().decode(Paths.self, from: $0) }
    return run?.paths[RunDocument.store]
  }

  /// Whether it shows a figure, such as `fig3`.
  ///
  /// - Throws: ``BundlesError`` if its `provenance.json` cannot be read.
  package func hasFigure(_ id: String) throws(BundlesError) -> Bool {
    let provenance: ProvenanceDocument = try document()
    return provenance.figures[id] != nil
  }

  /// One of its documents.
  ///
  /// - Throws: ``BundlesError`` if the document is missing, has another layout or is malformed.
  package func document<Document: VersionedDocument>() throws(BundlesError) -> Document {
    try Self.document(files.contains(Document.fileName) ? data(Document.fileName) : nil, in: name)
  }

  static func document<Document: VersionedDocument>(
    _ data: Data?, in name: String
  ) throws(BundlesError) -> Document {
    guard let data else {
      throw .notAReport(
        path: name, reason: "it has no \(Document.fileName), as reports of older versions have none")
    }
    _ = try header(of: Document.self, data, in: name)
    return try decoded(data, file: Document.fileName, in: name)
  }

  /// The header of a document, with its layout checked.
  private static func header<Document: VersionedDocument>(
    of type: Document.Type, _ data: Data, in name: String
  ) throws(BundlesError) -> DocumentHeader {
    let header: DocumentHeader = try decoded(data, file: Document.fileName, in: name)
    guard header.schema.hasPrefix(Document.schemaPrefix) else {
      throw .notAReport(path: name, reason: "its \(Document.fileName) is of the layout '\(header.schema)'")
    }
    guard header.schema == Document.schema else {
      throw .otherSchema(
        path: name, file: Document.fileName, found: header.schema, expected: Document.schema)
    }
    return header
  }

  private static func decoded<Value: Decodable>(
    _ data: Data, file: String, in name: String
  ) throws(BundlesError) -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: data)
    } catch {
      throw .unreadable(path: name, file: file, reason: DecodingError.words(error))
    }
  }
}

extension DecodingError {
  /// The fault of a document in words, with its place.
  fileprivate static func words(_ error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    func place(_ context: Context) -> String {
      context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? "." + $0.stringValue }.joined()
    }
    switch error {
    case .keyNotFound(let key, let context): return "it has no \(place(context)).\(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      return "\(place(context)): \(context.debugDescription)"
    case .dataCorrupted: return "it is no valid JSON (NaN and infinite numbers are none)"
    @unknown default: return "\(error)"
    }
  }
}
