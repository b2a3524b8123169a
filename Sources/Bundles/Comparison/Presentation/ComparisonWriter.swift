import Figures
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
    for drawn in try shown.figures.map(\.shown).concurrentMap({ try Self.pictures(of: $0, before, after) }) {
      files.merge(drawn.files) { $1 }
      if let moves = drawn.moves { movesSizes[drawn.figure] = moves }
    }
    try folder.write(comparison, page: ComparisonPage(shown, movesSizes: movesSizes), files: files)
  }

  /// The pictures of one figure, and the size of that of the moves, where there is one.
  private static func pictures(
    of figure: Judged<FigureComparison>, _ before: ReportFolder, _ after: ReportFolder
  ) throws -> (figure: String, files: [String: Data], moves: (width: Int, height: Int)?) {
    var files: [String: Data] = [:]
    if let picture = figure.picture {
      if picture.comparison != .added { files["before/\(figure.id).png"] = try before.data(picture.file) }
      if picture.comparison != .removed { files["after/\(figure.id).png"] = try after.data(picture.file) }
      if let share = picture.changedShare, share > 0 {
        files["difference/\(figure.id).png"] = Data(
          try PictureFile.difference(picture.file, before, after).picture.png())
      }
    }
    guard let chart = MovesChart(panels: figure.panels).chart else { return (figure.id, files, nil) }
    let renderer = PictureRenderer(identifierPrefix: "\(figure.id)-moves")
    files["moves/\(figure.id).svg"] = Data(try renderer.render(chart, as: .svg))
    return (figure.id, files, (Int(chart.size.width.rounded()), Int(chart.size.height.rounded())))
  }
}
