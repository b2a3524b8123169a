import Foundation
import SpecReading
import Specifications
import TestSupport

@testable import Bundles

/// The plain sketch of a report and a changed one, on disk.
struct SketchPair {
  private let (one, two): (SampleSite, SampleSite)
  let before: ReportFolder
  let after: ReportFolder

  /// The sketch and the same after `change`, both after `both`.
  init(
    both: (inout ReportSketch) -> Void = { _ in }, _ change: (inout ReportSketch) -> Void
  ) throws {
    var (first, second) = (ReportSketch(), ReportSketch())
    both(&first)
    both(&second)
    change(&second)
    (one, two) = (try SampleSite(), try SampleSite())
    try one.write(first.files)
    try two.write(second.files)
    (before, after) = (try ReportFolder(one.report), try ReportFolder(two.report))
  }

  func remove() {
    one.remove()
    two.remove()
  }

  /// The tolerances of the repository.
  static func tolerances() throws -> Tolerances {
    try TolerancesReader.tolerances(defaults: TinyProject.repository + "/figures/tolerances.yml")
  }

  func comparison(accepted entries: [AcceptedEntry] = [], figure: String = "3") throws -> ReportComparison {
    try ReportComparer(
      before, after, tolerances: Self.tolerances(),
      accepted: entries.isEmpty ? [] : [AcceptedFigure(figure: figure, entries: entries)]
    ).comparison()
  }

  /// An entry that accepts all differences of the figure, with a place as if it had been read.
  func entry(reason: String = "it is meant", takesTolerances: Bool = false) throws -> AcceptedEntry {
    let comparison = try comparison()
    var entry = AcceptedEntry(
      of: comparison.figures[0], in: comparison, before: before, after: after, reason: reason,
      who: "A. Author",
      date: "2026-11-29", takesTolerances: takesTolerances)
    entry.place = "fig3.yml:5:3"
    return entry
  }

  /// A comparison in which a value is accepted and another entry is of no use.
  static func acceptedComparison() throws -> ReportComparison {
    let pair = try SketchPair { $0.statistics[0].value = 0.5 }
    defer { pair.remove() }
    var other = try pair.entry()
    (other.profile, other.place) = ("paper", "fig3.yml:20:3")
    return try pair.comparison(accepted: [pair.entry(), other])
  }
}
