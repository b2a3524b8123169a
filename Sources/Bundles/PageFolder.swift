import Foundation
import ReportDocuments
import Reporting

/// A folder that opens from disk: a page made from templates, with the document that it shows, by which the
/// folder is known again.
struct PageFolder<Document: VersionedDocument> {
  private let templates: TemplateSet
  private let target: FolderReplacement

  /// - Parameters:
  ///   - kind: what the folder holds, such as "comparison"; a folder with anything else is never replaced.
  ///   - inputs: what the call reads, none of which may lie there.
  ///   - page: the page's template.
  ///   - assets: the files that the page links to, in the same folder of templates.
  /// - Throws: `ReportingError` if a template is not sound or the folder must not be replaced.
  init(
    _ path: String, kind: String, inputs: [String], templates folder: String, page: String, assets: [String]
  ) throws(ReportingError) {
    templates = try TemplateSet(folder: folder, page: page, assets: assets)
    target = try FolderReplacement(
      path, marker: FolderReplacement.Marker(kind: kind, Document.self), inputs: inputs)
    try target.checkParent()
  }

  /// Writes the folder, replacing an earlier one as a whole.
  ///
  /// - Throws: `ReportingError` if it cannot be written, `EncodingError` for a number that is not finite.
  func write(_ document: Document, page: some Sendable, files: [String: Data]) throws {
    var files = files.merging(templates.assets) { $1 }
    files["index.html"] = templates.page(page)
    files[Document.fileName] = try document.bytes()
    files[FolderReplacement.listing] = Data(FolderReplacement.sums(files).utf8)
    try target.replace(with: files)
  }
}
