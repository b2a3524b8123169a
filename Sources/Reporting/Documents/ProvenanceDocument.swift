/// `provenance.json`: for each figure its runs, seeds, data digests, replay class, settings and command.
struct ProvenanceDocument {
  let content: ReportContent

  var json: JSONValue {
    .object([
      "schema": .string("plateau-provenance/1"),
      "plateauVersion": .string(content.plateauVersion),
      "profile": .string(content.profile.name),
      "seed": .unsigned(content.seed),
      "command": .string(content.command),
      "environment": .pairs(content.environment),
      "figures": .object(
        Dictionary(content.sections.map { ($0.id, figure($0)) }, uniquingKeysWith: { first, _ in first })),
    ])
  }

  private func figure(_ figure: FigureSection) -> JSONValue {
    let provenance = figure.provenance
    return .object([
      "label": .string(figure.label),
      "command": .string(provenance.command),
      "replayClass": .string(provenance.replay.rawValue),
      "seeds": .array(provenance.seeds.map(JSONValue.unsigned)),
      "runs": .array(
        provenance.runs.map {
          .object([
            "key": .string($0.key), "label": .string($0.label), "replayClass": .string($0.replay.rawValue),
          ])
        }),
      "data": .array(
        provenance.data.map { .object(["name": .string($0.name), "sha256": .string($0.sha256)]) }),
      "revisions": .pairs(provenance.revisions),
      "work": .pairs(provenance.work),
      "settings": .array(
        figure.settings.map {
          .object([
            "path": .string($0.path),
            "value": .string($0.value),
            "paperValue": .optional($0.paperValue),
            "sources": .array($0.sources.map(JSONValue.string)),
          ])
        }),
      "notes": .array(figure.notes.map(JSONValue.string)),
      "missingPanels": .array(
        figure.missingPanels.map { .object(["panel": .string($0.id), "reason": .string($0.reason)]) }),
    ])
  }
}
