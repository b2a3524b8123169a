package import Bundles
import Foundation
import Reporting
import SpecReading
import Specifications

/// Writes down that the differences of one figure between two reports are meant.
package struct AcceptJob: Sendable {
  /// What was written.
  package struct Outcome: Sendable {
    /// The file, such as `figures/accepted/fig3.yml`.
    package let path: String
    /// The figure as people call it, such as "Figure 3".
    package let label: String
    /// How many differences the entry accepts.
    package let count: Int
    /// How many earlier entries from the same first report it takes the place of.
    package let replaced: Int
  }
  /// Why there is nothing to accept.
  package enum Refusal: Error, Equatable, CustomStringConvertible {
    /// Neither report has the figure.
    case unknownFigure(String, known: [String])
    /// One report lacks the figure.
    case oneSided(label: String, report: String)
    /// The reports are of two profiles.
    case otherProfile(old: String, new: String)
    /// No difference of the figure counts.
    case noDifference(label: String)
    /// There is nowhere to write to.
    case noFolder

    package var description: String {
      switch self {
      case .unknownFigure(let found, let known):
        "neither report has a figure '\(found)'; they have \(known.joined(separator: ", "))"
      case .oneSided(let label, let report):
        "\(label) is in \(report) alone: only a difference between two reports of a figure can be accepted"
      case .otherProfile(let old, let new):
        "the reports are of the profiles \(old) and \(new): make both of one profile, and accept then"
      case .noDifference(let label):
        "no difference of \(label) counts: there is nothing to accept, and nothing was written"
      case .noFolder: "--accepted none names no folder to write to: name one, or leave it out"
      }
    }
  }
  private let new: String
  private let old: String
  private let figure: String
  private let project: ProjectFolder
  private let limits: ArchiveLimits
  private let folder: AcceptedFolder
  private let words: (reason: String, who: String, date: String)
  private let takesTolerances: Bool

  /// - Parameters:
  ///   - new: the report with the numbers to accept, its folder or its bundle.
  ///   - old: the report with the earlier ones.
  ///   - figure: the figure's id, such as `3`; upper and lower case are the same.
  ///   - words: why, by whom and on which day.
  ///   - takesTolerances: whether later moves of the same size are accepted too.
  package init(
    _ new: String, against old: String, figure: String, words: (reason: String, who: String, date: String),
    project: ProjectFolder, limits: ArchiveLimits = ArchiveLimits(), folder: AcceptedFolder = .ofProject,
    takesTolerances: Bool = false
  ) {
    self.new = new
    self.old = old
    self.figure = figure
    self.words = words
    self.project = project
    self.limits = limits
    self.folder = folder
    self.takesTolerances = takesTolerances
  }

  /// Compares the figure, and writes what differs as one entry, in place of earlier ones from the same first
  /// report.
  ///
  /// - Throws: ``Refusal``; `SpecError` for a mistake in the files of tolerances and of what was accepted;
  ///   `BundlesError` for a report that cannot be read, `ReportingError` for a place that cannot be written.
  package func execute() throws -> Outcome {
    guard let path = try folder.path(in: project) else { throw Refusal.noFolder }
    let rules = try TolerancesReader.tolerances(
      defaults: "\(project.specs())/\(TolerancesReader.fileName)")
    let accepted = try AcceptedReader.figures(folder: path)
    let before = try OpenedReport(old, limits: limits)
    defer { before.close() }
    let after = try OpenedReport(new, limits: limits)
    defer { after.close() }
    // Without what was accepted before: an entry names all that differs from its first report.
    let comparison = try ReportComparer(before.report, after.report, tolerances: rules).comparison()
    let (id, compared) = try compared(in: comparison, before.report, after.report)
    let entry = AcceptedEntry(
      of: compared, in: comparison, before: before.report, after: after.report, reason: words.reason,
      who: words.who, date: words.date, takesTolerances: takesTolerances)
    let earlier = accepted.first { $0.figure == id }?.entries ?? []
    let kept = earlier.filter { $0.profile != entry.profile || $0.old.digest != entry.old.digest }
    let name = "\(path)/\(AcceptedReader.fileName(of: id))"
    let text = try AcceptedText.text(AcceptedFigure(figure: id, entries: kept + [entry]), file: name)
    try OutputFile(name, inputs: [old, new], makesFolder: true).write(Data(text.utf8))
    return Outcome(
      path: name, label: compared.label, count: entry.count, replaced: earlier.count - kept.count)
  }

  /// The figure's id and its comparison, in which something differs.
  private func compared(
    in comparison: ReportComparison, _ before: ReportFolder, _ after: ReportFolder
  ) throws -> (id: String, Judged<FigureComparison>) {
    let (one, other) = (comparison.before, comparison.after)
    let known = comparison.figures.map { (id: FigureName.id(of: $0.id), figure: $0) }
    guard let found = known.first(where: { $0.id.lowercased() == figure.lowercased() }) else {
      throw Refusal.unknownFigure(figure, known: known.map(\.id))
    }
    for (report, side) in [(before, other), (after, one)] where try !report.hasFigure(found.figure.id) {
      throw Refusal.oneSided(label: found.figure.label, report: side.name)
    }
    if one.profile != other.profile { throw Refusal.otherProfile(old: one.profile, new: other.profile) }
    guard found.figure.counts || !found.figure.incomparable.isEmpty else {
      throw Refusal.noDifference(label: found.figure.label)
    }
    return found
  }
}
