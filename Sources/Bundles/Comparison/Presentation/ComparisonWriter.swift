import Foundation
import Plotting
package import Reporting

/// Writes a comparison as a folder that opens from disk: `index.html` with its pictures, `diff.json`,
/// `diff.md`.
package struct ComparisonWriter {
  private let folder: PageFolder<ReportComparison>

  /// A writer to `folder` with the templates in the folder `templates`; checks both before any work is done.
  ///
  /// - Throws: `ReportingError` if a template is not sound, or `folder` holds anything but a comparison,
  ///   such as one of the `inputs`.
  package init(templates: String, to folder: String, inputs: [String]) throws(ReportingError) {
    self.folder = try PageFolder(
      folder, kind: "comparison", inputs: inputs, templates: templates, page: "diff",
      assets: ["style.css", "diff.css", "diff.js"])
  }

  /// Writes the comparison of two reports, replacing an earlier one there as a whole.
  ///
  /// - Parameters:
  ///   - onlyChanged: whether the page leaves out all that does not make the reports differ; the JSON has it.
  ///   - pictures: the address under which the folder is published; nil for pictures beside the Markdown.
  /// - Throws: ``BundlesError``, `PlottingError`, `ReportingError`.
  package func write(
    _ comparison: ReportComparison, before: ReportFolder, after: ReportFolder, onlyChanged: Bool = false,
    pictures: String? = nil
  ) throws {
    let shown = ShownComparison(comparison, onlyChanged: onlyChanged)
    let markdown = ComparisonMarkdown(comparison, onlyChanged: onlyChanged, pictures: pictures ?? "")
    var files = ["diff.md": Data((markdown.text + "\n").utf8)]
    var movesSizes: [String: (width: Int, height: Int)] = [:]
    for figure in shown.figures.map(\.shown) {
      if let picture = figure.picture {
        if picture.comparison != .added { files["before/\(figure.id).png"] = try before.data(picture.file) }
        if picture.comparison != .removed { files["after/\(figure.id).png"] = try after.data(picture.file) }
        if let share = picture.changedShare, share > 0 {
          files["difference/\(figure.id).png"] = Data(
            try PictureFile.difference(picture.file, before, after).picture.png())
        }
      }
      if let chart = MovesChart(panels: figure.panels).chart {
        let renderer = PictureRenderer(identifierPrefix: "\(figure.id)-moves")
        files["moves/\(figure.id).svg"] = Data(try renderer.render(chart, as: .svg))
        movesSizes[figure.id] = (Int(chart.size.width.rounded()), Int(chart.size.height.rounded()))
      }
    }
    try folder.write(comparison, page: ComparisonPage(shown, movesSizes: movesSizes), files: files)
  }
}
