/// Differences between two reports in one figure that somebody accepted on purpose: an entry of
/// `figures/accepted/`.
///
/// Whatever it accepts it names on both sides, so that a further move is a difference again.
package struct AcceptedEntry: Equatable, Sendable {
  /// One of the two reports from which it was made.
  package struct Report: Equatable, Sendable {
    /// The version of plateau that made the report.
    package var version: String
    /// The SHA-256 of the report's `SHA256SUMS`.
    package var digest: String

    /// A report by its version and digest.
    package init(version: String, digest: String) {
      self.version = version
      self.digest = digest
    }
  }

  /// What an entry names by text. The raw value is its key in the file.
  package enum Kind: String, CaseIterable, Sendable {
    /// Digests of data sets: all of the figure's, those that are the same as well.
    case data
    /// Revisions of methods.
    case revisions
    /// Settings as they are printed.
    case settings
    /// Verdicts by claim and place.
    case verdicts
    /// Digests of tables by file.
    case tables
    /// Digests of pictures by file.
    case pictures
  }

  /// Why.
  package var reason: String
  /// Who accepted it.
  package var who: String
  /// The day, such as `2026-11-29`.
  package var date: String
  /// The profile of both reports.
  package var profile: String
  /// The report from which the difference leads.
  package var old: Report
  /// The report to which it leads.
  package var new: Report
  /// What differs besides statistics.
  package var texts: [Kind: [AcceptedChange<String>]]
  /// The statistics that differ.
  package var statistics: [AcceptedChange<StatisticValue>]
  /// The entry's place in its file, such as `fig3.yml:4:5`; empty before it is written.
  package var place: String

  /// An entry from its parts.
  package init(
    reason: String, who: String, date: String, profile: String, old: Report, new: Report,
    texts: [Kind: [AcceptedChange<String>]], statistics: [AcceptedChange<StatisticValue>], place: String = ""
  ) {
    self.reason = reason
    self.who = who
    self.date = date
    self.profile = profile
    self.old = old
    self.new = new
    self.texts = texts
    self.statistics = statistics
    self.place = place
  }
}

/// One thing that differs, on both sides.
package struct AcceptedChange<Value: Equatable & Sendable>: Equatable, Sendable {
  /// Its name: a statistic's id, a file, a setting.
  package var name: String
  /// In the first report; nil if that has none.
  package var old: Value?
  /// In the second report; nil if that has none.
  package var new: Value?
  /// How far a later second report may be from the first, instead of being as ``new`` says: for a statistic
  /// |b − a| / max(|a|, |b|), for a picture the share of its pixels; nil for exactly what ``new`` says.
  package var tolerance: Double?
  /// The same for the cells of a table, by column, as for a statistic; nil for exactly what ``new`` says.
  package var columns: [String: Double]?

  /// A change from `old` to `new`.
  package init(
    name: String, old: Value?, new: Value?, tolerance: Double? = nil, columns: [String: Double]? = nil
  ) {
    self.name = name
    self.old = old
    self.new = new
    self.tolerance = tolerance
    self.columns = columns
  }
}

/// What was accepted of one figure: a file of `figures/accepted/`.
package struct AcceptedFigure: Equatable, Sendable {
  /// The figure's id, such as `3` or `S5`.
  package var figure: String
  /// The entries, in the order of the file.
  package var entries: [AcceptedEntry]

  /// The entries of a figure.
  package init(figure: String, entries: [AcceptedEntry]) {
    self.figure = figure
    self.entries = entries
  }
}
