import Foundation
import Reporting

/// Writes a history as a folder that opens from disk: `index.html`, `history.csv`, `history.json`.
package struct HistoryWriter {
  private static let marker = FolderReplacement.Marker(
    kind: "history", file: ReportHistory.fileName, schemaPrefix: "plateau-history/")
  private let templates: TemplateSet
  private let target: FolderReplacement

  /// A writer to `folder` with the templates in the folder `templates`; checks both before any work is done.
  ///
  /// - Throws: `ReportingError` where a template is not sound, or something else than a history is in `folder`.
  package init(templates: String, to folder: String) throws(ReportingError) {
    self.templates = try TemplateSet(
      folder: templates, page: "history", assets: ["style.css", "history.css"])
    target = try FolderReplacement(folder, marker: Self.marker)
    try target.checkParent()
  }

  /// Writes `history`, replacing an earlier one there as a whole.
  ///
  /// - Throws: `ReportingError` where it cannot be written.
  package func write(_ history: ReportHistory) throws {
    var files = templates.assets
    files["index.html"] = templates.page(HistoryPage(history))
    files["history.csv"] = Data(HistoryTable(history: history).csv.utf8)
    files[ReportHistory.fileName] = try history.json()
    try target.replace(with: files)
  }
}
