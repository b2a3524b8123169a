package import ReportDocuments

/// What may differ between two reports of the same content. It goes to `run.json` and nowhere else.
package struct VolatileFacts: Sendable, Equatable {
  /// The machine’s name.
  package var host: String
  /// When the command began, ISO 8601 with the zone.
  package var started: String
  /// When the command ended, likewise.
  package var finished: String
  /// The wall time, in seconds.
  package var durationInSeconds: Double
  /// The wall time of the runs behind each figure, in seconds, by its id. A run that several figures show
  /// counts for each, whether it was executed now or found in the store.
  package var secondsByFigure: [String: Double]
  /// Processor time, memory and energy; nil where nobody took them.
  package var cost: RunCost?
  /// Versions of the system under the code: kernel, processor, libraries.
  package var versions: [NamedValue]
  /// Folders: data, store, output.
  package var paths: [NamedValue]
  /// The digest of all that the report follows from, by which a later call knows that it stands; nil where nobody took
  /// it.
  package var basis: String?
  /// Anything else that is not content, such as how many runs came from the store.
  package var other: [NamedValue]

  package init(
    host: String, started: String, finished: String, durationInSeconds: Double,
    secondsByFigure: [String: Double], cost: RunCost? = nil, versions: [NamedValue], paths: [NamedValue],
    basis: String? = nil, other: [NamedValue] = []
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
  }
}
