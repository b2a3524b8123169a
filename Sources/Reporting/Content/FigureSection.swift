import Figures
import Planning

/// One figure of the report with all that belongs to it.
public struct FigureSection: Sendable, Equatable {
  /// A panel that the paper has and this report has not.
  public struct MissingPanel: Sendable, Equatable {
    /// The panel’s letter.
    public var id: String
    /// What it shows in the paper.
    public var title: String
    /// Why it is missing.
    public var reason: String

    /// All parts, in their order.
    public init(id: String, title: String, reason: String) {
      self.id = id
      self.title = title
      self.reason = reason
    }
  }
  /// The name of its files and its anchor, such as `fig3`: letters, digits and hyphens, a letter first.
  public var id: String
  /// Such as "Figure 3".
  public var label: String
  /// The figure’s title.
  public var title: String
  /// The caption: sentences of our own, plain text.
  public var caption: String
  /// What the picture shows, from the data: what is plotted, n, r and ρ.
  public var altText: String
  /// The picture.
  public var picture: FigurePictures
  /// The tables behind the picture, the main one first; none for a figure that is drawn, not measured.
  public var tables: [FigureTable]
  /// The points of each scatter panel.
  public var points: [PanelPoints]
  /// Which data the figure used, in a sentence; nil for a figure that is drawn.
  public var dataStatement: String?
  /// Every statistic of the figure; neighbours of one panel are shown together.
  public var statistics: [StatisticRow]
  /// Every setting with its value and source, in the order of the spec's file.
  public var settings: [SettingEntry]
  /// Where the figure comes from.
  public var provenance: FigureProvenance
  /// What the reader must know, such as runs that did not converge.
  public var notes: [String]
  /// The panels that the report must say it has not.
  public var missingPanels: [MissingPanel]

  /// All parts, in their order.
  public init(
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
