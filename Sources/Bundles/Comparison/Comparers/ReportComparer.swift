import Figures
import ReportDocuments
import Reporting
package import Specifications

/// Compares two reports, figure by figure.
package struct ReportComparer {
  private let before: ReportRecord
  private let after: ReportRecord
  private let tolerances: Tolerances
  private let accepted: [String: AcceptedFigure]

  /// - Parameter accepted: what was accepted of figures on purpose.
  /// - Throws: ``BundlesError`` if a report's documents cannot be read.
  package init(
    _ before: ReportFolder, _ after: ReportFolder, tolerances: Tolerances, accepted: [AcceptedFigure] = []
  ) throws(BundlesError) {
    self.before = try ReportRecord(before)
    self.after = try ReportRecord(after)
    self.tolerances = tolerances
    self.accepted = Dictionary(
      accepted.map { (FigureName.name(of: $0.figure), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The comparison of every part, its figures on all cores. Cost: each table read once, each changed picture decoded.
  ///
  /// - Throws: ``BundlesError`` if a table or a picture cannot be read.
  package func comparison() throws(BundlesError) -> ReportComparison {
    let isSameProfile = before.metrics.profile == after.metrics.profile
    let remarks = remarks
    let comparer = FigureComparer(
      before: before, after: after, tolerances: tolerances, accepted: accepted, isSameProfile: isSameProfile,
      isOtherMachineOrSeed: !remarks.isEmpty)
    let ids = Set(before.provenance.figures.keys).union(after.provenance.figures.keys)
    let unused = Set(accepted.keys).subtracting(ids)
    let compared = try ReportRecord.inPaperOrder(ids.union(unused)).concurrentMap {
      id throws(BundlesError) -> (figure: Judged<FigureComparison>?, uses: [AcceptedUse]) in
      if unused.contains(id) { return (nil, entriesWithoutFigure(id)) }
      let (figure, uses) = try comparer.compare(id)
      return (figure, uses)
    }
    let figures = compared.compactMap(\.figure)
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
        ? .incomparable : figures.contains(where: \.counts) ? .differs : .same,
      before: before.side, after: after.side, incomparable: reasons, remarks: remarks,
      figures: figures, accepted: compared.flatMap(\.uses), facts: facts)
  }

  /// What was accepted of a figure that neither report has.
  private func entriesWithoutFigure(_ id: String) -> [AcceptedUse] {
    (accepted[id]?.entries ?? []).map {
      AcceptedUse(
        figure: id, acceptance: Acceptance($0), accepted: 0, unmet: [],
        unused: "neither report has this figure")
    }
  }

  /// Why the runs are draws of one distribution and not the same; empty if they should be the same.
  private var remarks: [String] {
    var remarks: [String] = []
    let (old, new) = (before.provenance.environment, after.provenance.environment)
    // The facts of the environment that the bits of a training depend on. Other kernels stand in the library's
    // description too, and are named once.
    let facts = [
      old.blasKernels != new.blasKernels
        ? (Environment.blasKernelsWords, old.blasKernels, new.blasKernels)
        : (Environment.blasLibraryWords, old.blasLibrary, new.blasLibrary),
      (Environment.architectureWords, old.architecture, new.architecture),
    ]
    for (name, one, other) in facts where one != other {
      remarks.append(
        "\(name): \(one ?? "none") and \(other ?? "none"); trainings take other paths there, so numbers are compared as statistical."
      )
    }
    if before.metrics.seed != after.metrics.seed {
      remarks.append(
        "Seeds: \(before.metrics.seed) and \(after.metrics.seed); the runs are other draws, so numbers are compared as statistical."
      )
    }
    return remarks
  }

  private var facts: [Judged<ValueComparison>] {
    func own(_ record: ReportRecord) -> [(name: String, value: String)] {
      [
        ("plateau", record.metrics.plateauVersion), ("seed", String(record.metrics.seed)),
        ("figures chosen", record.folder.inputs.chosenFigures ?? "all"), ("date", record.folder.inputs.date),
      ] + record.provenance.environment.facts.map { ($0.name, $0.value) }
        + (record.run.map { run in
          [("host", run.host)]
            + run.versions.sorted { $0.key < $1.key }.map { ("\($0.key) of the report", $0.value) }
        } ?? [])
    }
    let (old, new) = (before.folder.digests, after.folder.digests)
    let sources = Set(old.keys).union(new.keys).filter { $0.hasPrefix("source/") && old[$0] != new[$0] }
    return [Judged<ValueComparison>](own(before), own(after), counts: false)
      + sources.sorted().map { Judged($0, old[$0], new[$0], counts: false) }
  }
}
