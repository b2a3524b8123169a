import Encodings

/// `run.json`: the facts that differ from one making of the same report to the next.
struct RunDocument {
  let facts: VolatileFacts
  /// The digest of all other files, as ``SiteSummary/digest``.
  let digest: String

  var json: JSONValue {
    .object([
      "schema": .text("plateau-run/1"),
      "host": .text(facts.host),
      "started": .text(facts.started),
      "finished": .text(facts.finished),
      "durationInSeconds": .number(facts.durationInSeconds),
      "secondsByFigure": .object(facts.secondsByFigure.mapValues(JSONValue.number)),
      "versions": .pairs(facts.versions),
      "paths": .pairs(facts.paths),
      "other": .pairs(facts.other),
      "siteDigest": .text(digest),
    ])
  }
}
