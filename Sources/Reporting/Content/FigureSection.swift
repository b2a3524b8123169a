package import Figures
package import ReportDocuments
package import Specifications

/// One figure of the report with all that belongs to it.
package struct FigureSection: Sendable, Equatable {
  /// A panel of the paper that this report lacks.
  package struct MissingPanel: Sendable, Equatable {
    /// The panel’s letter.
    package var id: String
    /// What it shows in the paper.
    package var title: String
    /// Why it is missing.
    package var reason: String
  }
  /// What the paper finds in a panel.
  package struct PaperResult: Sendable, Equatable {
    /// The panel’s letter.
    package var panel: String
    /// In a few words, with the section that says so.
    package var finding: String
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
  /// The panels of the paper that this report lacks.
  package var missingPanels: [MissingPanel]
  /// What the paper finds, panel by panel, where its text says so.
  package var paperResults: [PaperResult] = []
}

/// Where a figure comes from: enough to make it again and to see whether it is the same.
package struct FigureProvenance: Sendable, Equatable {
  /// The runs that the figure shows, in its own order.
  package var runs: [ProvenanceDocument.Run]
  /// The seeds of those runs.
  package var seeds: [UInt64]
  /// The data that they read.
  package var data: [ProvenanceDocument.Data]
  /// How closely the figure can be reproduced: as its least reproducible run.
  package var replay: ReplayClass
  /// The revisions of the methods behind the figure, such as `training` 1.
  package var revisions: [NamedValue]
  /// What was computed, such as `trainings` 15: counts that do not depend on the machine. The times are in
  /// ``VolatileFacts``.
  package var work: [NamedValue]
  /// The command that makes this figure again.
  package var command: String
}
