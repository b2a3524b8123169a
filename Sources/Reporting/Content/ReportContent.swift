package import Figures
package import ReportDocuments
package import Specifications

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
  /// What became of the correlations under several optimisers; nil where the report compares none.
  package var optimisers: OptimiserVerdicts?
  /// The figures, in the order they are shown.
  package var sections: [FigureSection]
  /// The paper's Table 1: the sharpness settings.
  package var tableOne: [SharpnessSettingsRow]
  /// The constants of the other measures that the figures use.
  package var constants: [MeasureConstant] = []
  /// The measures beyond the paper's that the figures use.
  package var measures: [MeasureNote] = []
  /// The data sets used.
  package var datasets: [DatasetFact]
  /// What the numbers may depend on.
  package var environment: Environment
  /// The runs that failed or did not converge.
  package var notes: [RunNote]
  /// The licence of the report.
  package var licence: Licence
  /// The works that the report cites.
  package var bibliography: [Reference]
  /// What the report was made from, for making it again.
  package var inputs: ReportInputs
  /// The report for printing, a PDF with one page a figure; empty if none was made.
  package var printed: [UInt8] = []
}

/// The profile that a report was made with.
package struct ReportProfile: Sendable, Equatable {
  /// `smoke`, `quick` or `paper`.
  package var name: String
  /// What this profile changes, in one sentence.
  package var statement: String
}

/// A data set that the report used, and what pins it down.
package struct DatasetFact: Sendable, Equatable {
  /// The name that specs know it by, such as `mnist`.
  package var name: String
  /// Which of its parts were found and how large they are, such as "MNIST, t10k part (10 000 images)".
  package var summary: String
  /// Who made it and under which licence, in sentences; nil if they are not known.
  package var source: String?
  /// How many of its images the runs used for what, such as "|S| = 500, attack pool 500, |E| = 1 000"; each
  /// choice once.
  package var sizes: [String]
  /// The digest of the data as they were read, lower-case hexadecimal.
  package var sha256: String
  /// The ids of the figures that used it.
  package var figures: [String]
}

/// The licence of the report's text, pictures and tables.
package struct Licence: Sendable, Equatable {
  /// Such as "Apache License 2.0".
  package var name: String
  /// Its SPDX name, such as "Apache-2.0".
  package var identifier: String
  /// The licence's own address.
  package var address: String
  /// A sentence that says what is licensed, and what is not (the data sets, the paper).
  package var statement: String
}

/// A work that the report cites.
package struct Reference: Sendable, Equatable {
  /// Authors, year, title and place, in one line.
  package var text: String
  /// Its address, if it has one.
  package var address: String?
  /// The measures that it is cited for; none for a work that every report cites.
  package var measures: [MeasureKind] = []
}
