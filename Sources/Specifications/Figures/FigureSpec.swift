/// One figure of the report, as its file in `figures/` describes it, for one profile.
package struct FigureSpec: Equatable, Sendable {
  /// The paper's number, such as "3" or "S5".
  package var id: String
  /// The heading.
  package var title: String
  /// The caption: sentences of our own, Markdown-free plain text.
  package var caption: String
  /// The groups of runs that the panels name.
  package var runs: [String: RunGroup]
  /// Where the largest size of each group's data set is written, for messages.
  package var datasetLocations: [String: SpecLocation]
  /// Where the precision of a group's training is written, for messages; none where it is not.
  package var precisionLocations: [String: SpecLocation]
  /// The panels, in drawing order; none for a figure with a `schematic`.
  package var panels: [PanelSpec]
  /// The panels that are named and not drawn, with the reason: those that the profile leaves out, and in a report of
  /// what is stored those whose runs are not.
  package var leftOut: [PanelSpec]
  /// How the panels stand.
  package var layout: Layout
  /// The claim that compares this figure's verdicts with those of another one.
  package var comparison: VerdictComparison?
  /// The diagram of a figure without data.
  package var schematic: Schematic?
  /// Every setting with its value and source, in file order, for the report.
  package var settings: [SettingEntry]
  /// The file's name, for messages.
  package var file: String

  /// The diagrams that are drawn without data.
  package enum Schematic: String, Sendable, CaseIterable {
    case basins
    case functionInterpretations = "function-interpretations"
  }

  /// How panels stand in the picture.
  package struct Layout: Equatable, Sendable {
    /// So many panels side by side; nil to have the rows full.
    package var columns: Int?
    /// Whether scatters of the same quantities on the same images have the same axes.
    package var sharesAxes: Bool

    package init(columns: Int? = nil, sharesAxes: Bool = false) {
      self.columns = columns
      self.sharesAxes = sharesAxes
    }
  }

  /// A figure from its parts.
  package init(
    id: String, title: String, caption: String, runs: [String: RunGroup], panels: [PanelSpec],
    comparison: VerdictComparison? = nil, schematic: Schematic?, settings: [SettingEntry], file: String,
    leftOut: [PanelSpec] = [], layout: Layout = Layout(),
    datasetLocations: [String: SpecLocation] = [:], precisionLocations: [String: SpecLocation] = [:]
  ) {
    self.id = id
    self.title = title
    self.caption = caption
    self.runs = runs
    self.panels = panels
    self.leftOut = leftOut
    self.layout = layout
    self.comparison = comparison
    self.schematic = schematic
    self.settings = settings
    self.file = file
    self.datasetLocations = datasetLocations
    self.precisionLocations = precisionLocations
  }
}
