import ReportDocuments
import Figures
import Specifications

/// One figure of the report with all that belongs to it.
package struct FigureSection: Sendable, Equatable {
  /// A panel that the paper has and this report has not.
  package struct MissingPanel: Sendable, Equatable {
    /// The panel’s letter.
    package var id: String
    /// What it shows in the paper.
    package var title: String
    /// Why it is missing.
    package var reason: String

    /// All parts, in their order.
    package init(id: String, title: String, reason: String) {
      self.id = id
      self.title = title
      self.reason = reason
    }
  }
  /// The name of its files and its anchor, such as `fig3`: letters, digits and hyphens, a letter first.
  package var id: String
  /// Such as "Figure 3".
  package var label: String
  /// The figure’s title.
  package var title: String
  /// The caption: sentences of our own, plain text.
  package var caption: String
  /// What the picture shows, from the data: what is plotted, n, r and ρ.
  package var altText: String
  /// The picture.
  package var picture: FigurePictures
  /// The tables behind the picture, the main one first; none for a figure that is drawn, not measured.
  package var tables: [FigureTable]
  /// The points of each scatter panel.
  package var points: [PanelPoints]
  /// Which data the figure used, in a sentence; nil for a figure that is drawn.
  package var dataStatement: String?
  /// Every statistic of the figure; neighbours of one panel are shown together.
  package var statistics: [StatisticRow]
  /// Every setting with its value and source, in the order of the spec's file.
  package var settings: [SettingEntry]
  /// Where the figure comes from.
  package var provenance: FigureProvenance
  /// What the reader must know, such as runs that did not converge.
  package var notes: [String]
  /// The panels that the report must say it has not.
  package var missingPanels: [MissingPanel]

  /// All parts, in their order.
  package init(
    id: String, label: String, title: String, caption: String, altText: String, picture: FigurePictures,
    tables: [FigureTable], points: [PanelPoints], dataStatement: String?, statistics: [StatisticRow],
    settings: [SettingEntry],
    provenance: FigureProvenance, notes: [String], missingPanels: [MissingPanel]
  ) {
    self.id = id
    self.label = label
    self.title = title
    self.caption = caption
    self.altText = altText
    self.picture = picture
    self.tables = tables
    self.points = points
    self.dataStatement = dataStatement
    self.statistics = statistics
    self.settings = settings
    self.provenance = provenance
    self.notes = notes
    self.missingPanels = missingPanels
  }
}
