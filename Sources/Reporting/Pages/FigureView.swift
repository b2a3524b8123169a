import Encodings
import ReportDocuments

/// What the templates may name inside a figure's section.
struct FigureView {
  let id: String
  let label: String
  let figureTitle: String
  let caption: String
  let altText: String
  let width: Int
  let height: Int
  let tables: [TableView]
  let dataStatement: String?
  let statisticGroups: [StatisticGroupView]
  let hasStatistics: Bool
  let settingGroups: [SettingGroupView]
  let hasSettings: Bool
  let provenance: ProvenanceView
  let figureNotes: [String]
  let hasNotes: Bool
  let missingPanels: [FigureSection.MissingPanel]
  let hasMissingPanels: Bool
  let paperFindings: [PaperFindingView]
  let hasPaperFindings: Bool

  init(_ figure: FigureSection) {
    id = figure.id
    label = figure.label
    figureTitle = figure.title
    caption = figure.caption
    altText = figure.altText
    width = figure.picture.width
    height = figure.picture.height
    tables = figure.tables.compactMap { table in
      CSVPreview(table.csv).map { TableView($0, of: figure.id, suffix: table.suffix) }
    }
    dataStatement = figure.dataStatement
    statisticGroups = StatisticGroupView.groups(of: figure.statistics)
    hasStatistics = !figure.statistics.isEmpty
    settingGroups = SettingGroupView.groups(of: figure.settings)
    hasSettings = !figure.settings.isEmpty
    provenance = ProvenanceView(figure.provenance)
    figureNotes = figure.notes
    hasNotes = !figure.notes.isEmpty
    missingPanels = figure.missingPanels.map {
      .init(id: $0.id, title: $0.title, reason: $0.reason.withoutFinalStop)
    }
    hasMissingPanels = !figure.missingPanels.isEmpty
    paperFindings = PaperFindingView.findings(of: figure)
    hasPaperFindings = !figure.paperResults.isEmpty
  }
}

/// What the paper finds in one or several panels.
struct PaperFindingView {
  /// Such as "(a), (b)".
  let panelMarks: String
  let finding: String

  /// Panels with the same finding stand together.
  static func findings(of figure: FigureSection) -> [PaperFindingView] {
    figure.paperResults.grouped(by: \.finding).compactMap { group in
      group.first.map {
        PaperFindingView(
          panelMarks: group.map { "(\($0.panel))" }.joined(separator: ", "),
          finding: $0.finding.withoutFinalStop)
      }
    }
  }
}

/// The first rows of one of a figure's tables.
struct TableView {
  /// The file's name without its ending.
  let tableName: String
  /// Such as "CSV", or "CSV (trace-a)" for one that is not the main table.
  let linkText: String
  let header: [String]
  let tableRows: [[String]]
  /// Such as "15 rows".
  let rowCount: String
  /// Such as "The first 5 of 15 rows".
  let shownRows: String

  init(_ preview: CSVPreview, of figure: String, suffix: String) {
    tableName = figure + suffix
    linkText = suffix.isEmpty ? "CSV" : "CSV (\(suffix.dropFirst()))"
    header = preview.header
    tableRows = preview.rows
    let count = preview.rowCount == 1 ? "1 row" : "\(preview.rowCount) rows"
    rowCount = count
    shownRows =
      preview.rows.count == preview.rowCount
      ? "Here: \(count)" : "The first \(preview.rows.count) of \(count)"
  }
}

/// Where a figure comes from, as printed.
struct ProvenanceView {
  let runs: [ProvenanceDocument.Run]
  let runCount: String
  let keysOf: String
  let hasRuns: Bool
  let seeds: String
  let data: [ProvenanceDocument.Data]
  let hasData: Bool
  let replayName: String
  let replayExplanation: String
  let revisions: String
  let hasRevisions: Bool
  let work: String
  let figureCommand: String

  init(_ provenance: FigureProvenance) {
    runs = provenance.runs
    let count = provenance.runs.count
    runCount = count == 1 ? "1 run" : "\(count) runs"
    keysOf = count == 1 ? "Key of the run" : "Keys of the \(count) runs"
    hasRuns = !provenance.runs.isEmpty
    seeds = provenance.seeds.map(String.init).joined(separator: ", ")
    data = provenance.data
    hasData = !provenance.data.isEmpty
    replayName = provenance.replay.rawValue
    replayExplanation = provenance.replay.explanation
    revisions = provenance.revisions.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    hasRevisions = !provenance.revisions.isEmpty
    work = provenance.work.map { "\($0.value) \($0.name)" }.joined(separator: ", ")
    figureCommand = provenance.command
  }
}

/// The header and the first rows of a table in CSV (RFC 4180), shortened for reading.
struct CSVPreview: Sendable, Equatable {
  let header: [String]
  let rows: [[String]]
  /// The number of rows in the whole table.
  let rowCount: Int

  /// nil if the text has no header.
  init?(_ text: String, limit: Int = 8, widest: Int = 22) {
    guard let table = CSVTable(text) else { return nil }
    header = table.header
    rowCount = table.rows.count
    rows = table.rows.prefix(limit).map { row in
      row.map { $0.count > widest ? $0.prefix(widest - 1) + "…" : $0 }
    }
  }
}
