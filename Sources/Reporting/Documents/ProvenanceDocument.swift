import Encodings

/// `provenance.json`: for each figure its runs, seeds, data digests, replay class, settings and command.
struct ProvenanceDocument {
  let content: ReportContent

  var json: JSONValue {
    .object([
      "schema": .text("plateau-provenance/1"),
      "plateauVersion": .text(content.plateauVersion),
      "profile": .text(content.profile.name),
      "seed": .unsigned(content.seed),
      "command": .text(content.command),
      "environment": .pairs(content.environment),
      "figures": .object(
        Dictionary(content.sections.map { ($0.id, figure($0)) }, uniquingKeysWith: { first, _ in first })),
    ])
  }

  private func figure(_ figure: FigureSection) -> JSONValue {
    let provenance = figure.provenance
    return .object([
      "label": .text(figure.label),
      "command": .text(provenance.command),
      "replayClass": .text(provenance.replay.rawValue),
      "seeds": .array(provenance.seeds.map { .unsigned($0) }),
      "runs": .array(
        provenance.runs.map {
          .object([
            "key": .text($0.key), "label": .text($0.label), "replayClass": .text($0.replay.rawValue),
          ])
        }),
      "data": .array(
        provenance.data.map { .object(["name": .text($0.name), "sha256": .text($0.sha256)]) }),
      "revisions": .pairs(provenance.revisions),
      "work": .pairs(provenance.work),
      "settings": .array(
        figure.settings.map {
          .object([
            "path": .text($0.path),
            "value": .text($0.value.text),
            "paperValue": .optional($0.paperValue?.text),
            "sources": .array($0.sources.map(JSONValue.text)),
          ])
        }),
      "notes": .array(figure.notes.map(JSONValue.text)),
      "missingPanels": .array(
        figure.missingPanels.map { .object(["panel": .text($0.id), "reason": .text($0.reason)]) }),
    ])
  }
}
