import ReportDocuments

extension ProvenanceDocument {
  /// Where the figures of `content` come from.
  init(_ content: ReportContent) {
    self.init(
      plateauVersion: content.plateauVersion, profile: content.profile.name, seed: content.seed,
      command: content.command, environment: content.environment,
      figures: Dictionary(
        content.sections.map { ($0.id, Figure($0)) }, uniquingKeysWith: { first, _ in first }))
  }
}

extension ProvenanceDocument.Figure {
  init(_ figure: FigureSection) {
    let provenance = figure.provenance
    self.init(
      label: figure.label, command: provenance.command, replayClass: provenance.replay,
      seeds: provenance.seeds, runs: provenance.runs, data: provenance.data,
      revisions: provenance.revisions.byName, work: provenance.work.byName,
      settings: figure.settings.map {
        .init(path: $0.path, value: $0.value.text, paperValue: $0.paperValue?.text, sources: $0.sources)
      },
      notes: figure.notes,
      missingPanels: figure.missingPanels.map { .init(panel: $0.id, reason: $0.reason) })
  }
}
