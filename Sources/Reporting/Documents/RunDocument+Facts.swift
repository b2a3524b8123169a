import ReportDocuments

extension RunDocument {
  /// The facts of one making of a report whose other files have the digest `siteDigest`.
  init(_ facts: VolatileFacts, siteDigest: String) {
    self.init(
      host: facts.host, started: facts.started, finished: facts.finished,
      durationInSeconds: facts.durationInSeconds, secondsByFigure: facts.secondsByFigure,
      cost: facts.cost, versions: facts.versions.byName, paths: facts.paths.byName,
      basis: facts.basis, other: facts.other.byName,
      siteDigest: siteDigest)
  }
}
