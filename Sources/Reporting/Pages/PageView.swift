/// What the template `page` may name, with the parts of the page below it.
///
/// The template engine finds values by the names of stored properties and looks outwards if a name is absent
/// or nil, so an optional here never has the name of a property further out.
struct PageView {
  let title: String
  let subtitle: String
  let profileName: String
  let profileStatement: String
  let version: String
  let seed: String
  let command: String
  let datePublished: String
  let dataNames: String
  let summary: ReportSummary
  let isUnfinished: Bool
  let verdictCounts: [VerdictCountView]
  let claimGroups: [ClaimGroupView]
  let hasClaims: Bool
  let hasPrinted: Bool
  let figures: [FigureView]
  let tableOneRows: [TableOneView]
  let hasTableOne: Bool
  let constantRows: [MeasureConstantView]
  let hasConstants: Bool
  let measureNotes: [MeasureNote]
  let hasMeasureNotes: Bool
  let sourceLegend: [NamedValue]
  let datasets: [DatasetView]
  let hasDatasets: Bool
  let environment: [NamedValue]
  let runNotes: [RunNoteView]
  let hasRunNotes: Bool
  let citations: [CitationView]
  let licence: Licence
  let bibliography: [Reference]

  init(_ content: ReportContent) {
    title = content.title
    subtitle = content.subtitle
    profileName = content.profile.name
    profileStatement = content.profile.statement
    version = content.plateauVersion
    seed = String(content.seed)
    command = content.command
    datePublished = content.datePublished
    dataNames =
      content.datasets.isEmpty
      ? "none: every figure is drawn" : content.datasets.map(\.summary).joined(separator: "; ")
    summary = ReportSummary(content)
    isUnfinished = content.inputs.isUnfinished
    verdictCounts = VerdictCountView.counts(of: content.countedClaims)
    claimGroups = ClaimGroupView.groups(of: content)
    hasClaims = !content.claims.isEmpty
    let labels = FigureLabels(content.sections)
    hasPrinted = !content.printed.isEmpty
    figures = content.sections.map(FigureView.init)
    tableOneRows = content.tableOne.map { TableOneView($0, labels: labels) }
    hasTableOne = !content.tableOne.isEmpty
    constantRows = content.constants.map { MeasureConstantView($0, labels: labels) }
    hasConstants = !content.constants.isEmpty
    measureNotes = content.measures
    hasMeasureNotes = !content.measures.isEmpty
    sourceLegend = SourceTag.legend
    datasets = content.datasets.map { DatasetView($0, labels: labels) }
    hasDatasets = !content.datasets.isEmpty
    environment = content.environment.facts
    runNotes = content.notes.map { RunNoteView($0, labels: labels) }
    hasRunNotes = !content.notes.isEmpty
    citations = Citations(content: content).works.map(CitationView.init)
    licence = content.licence
    bibliography = content.bibliography
  }
}

/// A work to cite, as printed.
struct CitationView {
  let citedWork: String
  let text: String
  let citedAddress: String?
  let bibTeX: String

  init(_ work: CitedWork) {
    citedWork = work.label
    text = work.text
    citedAddress = work.address
    bibTeX = work.bibTeX
  }
}

/// A data set, as printed.
struct DatasetView {
  let datasetName: String
  let summary: String
  let sourceStatement: String?
  let sizes: String
  let sha256: String
  let usedBy: [FigureLabels.Link]

  init(_ fact: DatasetFact, labels: FigureLabels) {
    datasetName = fact.name
    summary = fact.summary
    sourceStatement = fact.source
    sizes = fact.sizes.joined(separator: "; ")
    sha256 = fact.sha256
    usedBy = labels.links(fact.figures)
  }
}

/// A run that did not end as it should, as printed.
struct RunNoteView {
  let place: FigureLabels.Link
  let run: String
  let ending: String
  let detail: String

  init(_ note: RunNote, labels: FigureLabels) {
    place = labels.link(note.figure)
    run = note.run
    ending = note.kind.rawValue
    detail = note.detail
  }
}
