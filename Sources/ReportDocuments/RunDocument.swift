/// `run.json`: what differs from one making of the same report to the next. No digest covers it, and no
/// comparison rests on it.
package struct RunDocument: VersionedDocument {
  package static let fileName = "run.json"
  package static let schema = "plateau-run/1"
  /// The name among ``paths`` of the folder that the runs are stored in.
  package static let store = "store"

  package private(set) var schema: String = Self.schema
  /// The machine's name.
  package var host: String
  /// When the command began, ISO 8601 with the zone.
  package var started: String
  /// When the command ended, likewise.
  package var finished: String
  /// The wall time, in seconds.
  package var durationInSeconds: Double
  /// The wall time of the runs behind each figure, in seconds, by its name. The first reports lack it.
  package var secondsByFigure: [String: Double]?
  /// Processor time, memory and energy. Earlier reports lack it.
  package var cost: RunCost?
  /// Versions of the system under the code, by name.
  package var versions: [String: String]
  /// Folders, by name.
  package var paths: [String: String]
  /// The digest of all that the report follows from: program, libraries, fonts, specs, templates and stored results. Earlier
  /// reports lack it.
  package var basis: String?
  /// Anything else that is not content, by name.
  package var other: [String: String]
  /// The digest of all other files: the SHA-256 of `SHA256SUMS`.
  package var siteDigest: String

  package init(
    host: String, started: String, finished: String, durationInSeconds: Double,
    secondsByFigure: [String: Double], cost: RunCost? = nil, versions: [String: String],
    paths: [String: String], basis: String? = nil, other: [String: String], siteDigest: String
  ) {
    self.host = host
    self.started = started
    self.finished = finished
    self.durationInSeconds = durationInSeconds
    self.secondsByFigure = secondsByFigure
    self.cost = cost
    self.versions = versions
    self.paths = paths
    self.basis = basis
    self.other = other
    self.siteDigest = siteDigest
  }
}
