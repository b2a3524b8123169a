package import Bundles
import Reporting
import SpecReading

/// Compares two reports, and writes what was found as a page and as JSON where asked.
package struct ComparisonJob: Sendable {
  /// What was found, and whether its JSON is on standard output, which then takes nothing else.
  package struct Outcome: Sendable {
    package let comparison: ReportComparison
    package let isOnStandardOutput: Bool
  }
  /// How the page is made.
  package struct Shown: Sendable {
    /// Whether only what makes the reports differ is shown.
    package var onlyChanged = false
    /// The address under which the page's folder is published, for the pictures of its Markdown; nil for
    /// paths beside it.
    package var pictures: String?

    /// Everything that is not the same, unless told otherwise.
    package init(onlyChanged: Bool = false, pictures: String? = nil) {
      self.onlyChanged = onlyChanged
      self.pictures = pictures
    }
  }
  private let first: String
  private let second: String
  private let project: ProjectFolder
  private let limits: ArchiveLimits
  private let own: String?
  private let accepted: AcceptedFolder
  private let shows: Shown
  private let output: String?
  private let json: String?

  /// - Parameters:
  ///   - first: a report's folder or its bundle; so is `second`.
  ///   - limits: how much of a bundle is read at most.
  ///   - tolerances: a file whose rules come before those of `figures/tolerances.yml`.
  ///   - accepted: where what was accepted of figures is read from.
  ///   - shows: how the page is made; the JSON has everything.
  ///   - output: the folder of the page to write; an earlier comparison there is replaced.
  ///   - json: the file for the whole comparison.
  package init(
    _ first: String, _ second: String, project: ProjectFolder, limits: ArchiveLimits = ArchiveLimits(),
    tolerances: String? = nil, accepted: AcceptedFolder = .ofProject, shows: Shown = Shown(),
    output: String? = nil, json: String? = nil
  ) {
    self.first = first
    self.second = second
    self.project = project
    self.limits = limits
    own = tolerances
    self.accepted = accepted
    self.shows = shows
    self.output = output
    self.json = json
  }

  /// Makes the comparison.
  ///
  /// - Throws: `SpecError` for a mistake in the tolerances or in what was accepted, `BundlesError` for a
  ///   report that cannot be read, `ReportingError` for a place that cannot be written.
  package func execute() throws -> Outcome {
    let defaults = "\(try project.specs())/\(TolerancesReader.fileName)"
    let tolerances = try TolerancesReader.tolerances(defaults: defaults, own: own)
    let figures = try accepted.figures(in: project)
    let inputs = [first, second] + [own, try accepted.path(in: project)].compactMap(\.self)
    let writer = try output.map {
      try ComparisonWriter(templates: project.templates(with: "diff.mustache"), to: $0, inputs: inputs)
    }
    let document = try json.map { try OutputFile($0, inputs: inputs) }
    let before = try OpenedReport(first, limits: limits)
    defer { before.close() }
    let after = try OpenedReport(second, limits: limits)
    defer { after.close() }
    let comparison = try ReportComparer(
      before.report, after.report, tolerances: tolerances, accepted: figures
    ).comparison()
    // The page first: it may be of the folder in which the document is asked for.
    try writer?.write(
      comparison, before: before.report, after: after.report, onlyChanged: shows.onlyChanged,
      pictures: shows.pictures)
    try document?.write(comparison.bytes())
    return Outcome(comparison: comparison, isOnStandardOutput: document?.isStandardOutput ?? false)
  }
}
