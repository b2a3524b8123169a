import Figures

/// Everything that a report says, as a pure value: equal contents give the same bytes, wherever, whenever and
/// by however many jobs the site is written. What may differ between two such calls is ``VolatileFacts``.
public struct ReportContent: Sendable, Equatable {
  /// The report's title.
  public var title: String
  /// One sentence under it.
  public var subtitle: String
  /// Smoke, quick or paper, and what that changes.
  public var profile: ReportProfile
  /// The version of the code.
  public var plateauVersion: String
  /// The seed that every random stream was split from.
  public var seed: UInt64
  /// The exact command that makes this report.
  public var command: String
  /// The date that the crate states, ISO 8601: that of `SOURCE_DATE_EPOCH` or of the code's version, never
  /// the clock's.
  public var datePublished: String
  /// The claims with their verdicts, in the order they are shown. Neighbours of one name are shown together.
  public var claims: [ClaimVerdict]
  /// The figures, in the order they are shown.
  public var sections: [FigureSection]
  /// The paper's Table 1: the sharpness settings.
  public var tableOne: [SharpnessSettingsRow]
  /// The data sets used.
  public var datasets: [DatasetFact]
  /// Facts of the environment that the bytes of the report may depend on: no host, no time, no path.
  public var environment: [NamedValue]
  /// The runs that failed or did not converge.
  public var notes: [RunNote]
  /// How to cite this report and the work it repeats, in sentences.
  public var howToCite: String
  /// The licence of the report.
  public var licence: Licence
  /// The works that the report cites.
  public var bibliography: [Reference]
  /// What the report was made from, for making it again.
  public var inputs: ReportInputs
  /// The report for printing, a PDF with one page a figure; empty where none was made.
  public var printed: [UInt8] = []

  /// All parts, in their order.
  public init(
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
