import Foundation
import Specifications

/// Compares two reports, figure by figure.
package struct ReportComparer {
  private let before: ReportRecord
  private let after: ReportRecord
  private let tolerances: Tolerances

  /// - Throws: ``BundlesError`` where a report's documents cannot be read.
  package init(
    _ before: ReportFolder, _ after: ReportFolder, tolerances: Tolerances
  ) throws(BundlesError) {
    self.before = try ReportRecord(before)
    self.after = try ReportRecord(after)
    self.tolerances = tolerances
  }

  /// Everything that the two have in common and not. Cost: each table read once, each changed picture decoded.
  ///
  /// - Throws: ``BundlesError`` where a table or a picture cannot be read.
  package func comparison() throws(BundlesError) -> ReportComparison {
    let isSameProfile = before.metrics.profile == after.metrics.profile
    let remarks = remarks
    let comparer = FigureComparer(
      before: before, after: after, tolerances: tolerances, isSameProfile: isSameProfile,
      isOtherMachineOrSeed: !remarks.isEmpty)
    let ids = Set(before.provenance.figures.keys).union(after.provenance.figures.keys)
    var figures: [FigureComparison] = []
    for id in ReportRecord.inPaperOrder(ids) {
      figures.append(try comparer.compare(id))
    }
    let profiles =
      isSameProfile
      ? []
      : [
        "another profile: \(before.metrics.profile) in the first report, \(after.metrics.profile) in the second"
      ]
    let reasons =
      profiles + figures.flatMap { figure in figure.incomparable.map { "\(figure.label): \($0)" } }
    return ReportComparison(
      outcome: !reasons.isEmpty
        ? .incomparable : figures.contains(where: \.isDifference) ? .differs : .same,
      before: before.side, after: after.side, incomparable: reasons, remarks: remarks,
      figures: figures, facts: facts)
  }

  /// The facts of the environment that the bits of a training depend on.
  private static let kernels = ["BLAS kernels of the runs", "Processor family of the runs"]

  /// Why the runs are draws of one distribution and not the same; empty where they should be the same.
  private var remarks: [String] {
    var remarks: [String] = []
    let (old, new) = (before.provenance.environment, after.provenance.environment)
    for name in Self.kernels where old[name] != new[name] {
      remarks.append(
        "\(name): \(old[name] ?? "none") and \(new[name] ?? "none"); trainings take other paths there, so numbers are compared as statistical."
      )
    }
    if before.metrics.seed != after.metrics.seed {
      remarks.append(
        "Seeds: \(before.metrics.seed) and \(after.metrics.seed); the runs are other draws, so numbers are compared as statistical."
      )
    }
    return remarks
  }

  private var facts: [ValueComparison] {
    func own(_ record: ReportRecord) -> [(name: String, value: String)] {
      [
        ("plateau", record.metrics.plateauVersion), ("seed", String(record.metrics.seed)),
        ("figures chosen", record.folder.inputs.chosenFigures ?? "all"), ("date", record.folder.inputs.date),
      ] + record.provenance.environment.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        + (record.run.map { run in
          (run.host.map { [("host", $0)] } ?? [])
            + (run.versions ?? [:]).sorted { $0.key < $1.key }.map { ("\($0.key) of the report", $0.value) }
        } ?? [])
    }
    let (old, new) = (before.folder.digests, after.folder.digests)
    let sources = Set(old.keys).union(new.keys).filter { $0.hasPrefix("source/") && old[$0] != new[$0] }
    return ValueComparison.all(own(before), own(after), counts: false)
      + sources.sorted().map { ValueComparison($0, old[$0], new[$0], counts: false) }
  }
}
