import Figures

/// Everything that a report says, as a pure value: equal contents give the same bytes, wherever, whenever and
/// by however many jobs the site is written. What may differ between two such calls is ``VolatileFacts``.
package struct ReportContent: Sendable, Equatable {
  /// The report's title.
  package var title: String
  /// One sentence under it.
  package var subtitle: String
  /// Smoke, quick or paper, and what that changes.
  package var profile: ReportProfile
  /// The version of the code.
  package var plateauVersion: String
  /// The seed that every random stream was split from.
  package var seed: UInt64
  /// The exact command that makes this report.
  package var command: String
  /// The date that the crate states, ISO 8601: that of `SOURCE_DATE_EPOCH` or of the code's version, never
  /// the clock's.
  package var datePublished: String
  /// The claims with their verdicts, in the order they are shown. Neighbours of one name are shown together.
  package var claims: [ClaimVerdict]
  /// The figures, in the order they are shown.
  package var sections: [FigureSection]
  /// The paper's Table 1: the sharpness settings.
  package var tableOne: [SharpnessSettingsRow]
  /// The data sets used.
  package var datasets: [DatasetFact]
  /// Facts of the environment that the bytes of the report may depend on: no host, no time, no path.
  package var environment: [NamedValue]
  /// The runs that failed or did not converge.
  package var notes: [RunNote]
  /// How to cite this report and the work it repeats, in sentences.
  package var howToCite: String
  /// The licence of the report.
  package var licence: Licence
  /// The works that the report cites.
  package var bibliography: [Reference]
  /// What the report was made from, for making it again.
  package var inputs: ReportInputs
  /// The report for printing, a PDF with one page a figure; empty where none was made.
  package var printed: [UInt8] = []

  /// All parts, in their order.
  package init(
    title: String, subtitle: String, profile: ReportProfile, plateauVersion: String, seed: UInt64,
    command: String, datePublished: String, claims: [ClaimVerdict], sections: [FigureSection],
    tableOne: [SharpnessSettingsRow], datasets: [DatasetFact], environment: [NamedValue], notes: [RunNote],
    howToCite: String, licence: Licence, bibliography: [Reference],
    inputs: ReportInputs
  ) {
    self.title = title
    self.subtitle = subtitle
    self.profile = profile
    self.plateauVersion = plateauVersion
    self.seed = seed
    self.command = command
    self.datePublished = datePublished
    self.claims = claims
    self.sections = sections
    self.tableOne = tableOne
    self.datasets = datasets
    self.environment = environment
    self.notes = notes
    self.howToCite = howToCite
    self.licence = licence
    self.bibliography = bibliography
    self.inputs = inputs
  }
}
