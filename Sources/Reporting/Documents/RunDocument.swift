/// `run.json`: the facts that differ from one making of the same report to the next.
struct RunDocument {
  let facts: VolatileFacts
  /// The digest of all other files, as ``SiteSummary/digest``.
  let digest: String

  var json: JSONValue {
    .object([
      "schema": .string("plateau-run/1"),
      "host": .string(facts.host),
      "started": .string(facts.started),
      "finished": .string(facts.finished),
      "durationInSeconds": .number(facts.durationInSeconds),
      "secondsByFigure": .object(facts.secondsByFigure.mapValues(JSONValue.number)),
      "versions": .pairs(facts.versions),
      "paths": .pairs(facts.paths),
      "other": .pairs(facts.other),
      "siteDigest": .string(digest),
    ])
  }
}
