import Encodings
import Specifications

/// Compares one figure of two reports.
struct FigureComparer {
  let before: ReportRecord
  let after: ReportRecord
  let tolerances: Tolerances
  /// What was accepted, by figure, such as `fig3`.
  let accepted: [String: AcceptedFigure]
  /// Whether both were made at one size.
  let isSameProfile: Bool
  /// Whether numbers can only be expected to agree in distribution, whatever the runs' own class.
  let isOtherMachineOrSeed: Bool

  /// The figure, and what each entry of its accepted differences had to do with it.
  ///
  /// - Throws: ``BundlesError`` if a table or a picture cannot be read.
  func compare(
    _ id: String
  ) throws(BundlesError) -> (figure: Judged<FigureComparison>, uses: [AcceptedUse]) {
    let old = before.provenance.figures[id]
    let new = after.provenance.figures[id]
    guard let either = new ?? old else {
      preconditionFailure("expected a figure of either report, got \(id)")
    }
    let found = FigureBasis(id, before, after)
    let acceptance = FigureAcceptance(
      accepted[id], profiles: (before.metrics.profile, after.metrics.profile), data: found.data)
    let basis = found.accepting(acceptance)
    let isInBoth = old != nil && new != nil
    let reasons = isInBoth ? basis.reasons : []
    let isComparable = isSameProfile && reasons.isEmpty
    let replay = FigureReproducibility(
      [old, new].compactMap { $0 }, points: (before.points[id] ?? []) + (after.points[id] ?? []),
      isOtherMachineOrSeed: isOtherMachineOrSeed)
    let statistics = StatisticComparer(
      replay: replay, tolerances: tolerances, isComparable: isComparable, acceptance: acceptance
    ).compare(
      before.metrics.statistics.filter { $0.figure == id },
      after.metrics.statistics.filter { $0.figure == id })
    let verdicts = acceptance.accepting(
      [Judged<ValueComparison>](
        Self.verdicts(before, id, namedAsIn: after), Self.verdicts(after, id), counts: true), .verdicts)
    let isSameSetting = { SettingValue(stored: $0) == SettingValue(stored: $1) }
    let settings = acceptance.accepting(
      [Judged<ValueComparison>](
        old?.settings.map { ($0.path, $0.value) } ?? [], new?.settings.map { ($0.path, $0.value) } ?? [],
        counts: true, isSame: isSameSetting), .settings
    ) { one, other in
      if let one, let other { isSameSetting(one, other) } else { one == other }
    }
    let picture = try picture("figures/\(id).png", replay: replay.figure, isComparable: isComparable)
      .map { accepting($0, acceptance) }
    let tables = try tables(id, replay: replay, isComparable: isComparable)
      .map { accepting($0, acceptance) }
    let figure = FigureComparison(
      id: id, label: either.label, incomparable: reasons, replay: replay.figure, statistics: statistics,
      verdicts: verdicts, settings: settings, data: basis.data,
      revisions: basis.revisions, picture: picture,
      tables: tables,
      panels: PointComparer(replay: replay, tolerances: tolerances)
        .compare(try points(before, id), try points(after, id)))
    let judgement =
      isInBoth
      ? Judgement(of: figure.judgements) : Judgement(old == nil ? .added : .removed, counts: true)
    return (Judged(figure, judgement), acceptance.uses(in: figure, isInBoth: isInBoth))
  }

  /// Whether the file is on both sides what `change` says.
  private func hasDigests(_ file: String, of change: AcceptedChange<String>) -> Bool {
    before.folder.digests[file] == change.old && after.folder.digests[file] == change.new
  }

  private func accepting(
    _ picture: Judged<PictureComparison>, _ acceptance: FigureAcceptance
  ) -> Judged<PictureComparison> {
    acceptance.accepting(picture, among: { $0.texts[.pictures] }, named: picture.file) { change in
      if hasDigests(picture.file, of: change) { return true }
      guard let tolerance = change.tolerance, let share = picture.changedShare else { return false }
      return before.folder.digests[picture.file] == change.old && share <= tolerance
    }
  }

  /// A table is accepted as a whole, with its rows.
  private func accepting(
    _ table: Judged<TableComparison>, _ acceptance: FigureAcceptance
  ) -> Judged<TableComparison> {
    var judged = acceptance.accepting(table, among: { $0.texts[.tables] }, named: table.file) { change in
      if hasDigests(table.file, of: change) { return true }
      guard let columns = change.columns, let moves = table.largestRelativeMoves else { return false }
      return before.folder.digests[table.file] == change.old
        && moves.allSatisfy { name, move in columns[name].map { move <= $0 } ?? false }
    }
    if let acceptance = judged.accepted {
      judged.part.rows = table.rows.map { $0.counts ? $0.accepted(by: acceptance) : $0 }
    }
    return judged
  }

  /// The verdicts of a figure, each under its place in words; those of the same claim on the same panel and
  /// statistics under the words of `other`.
  private static func verdicts(
    _ record: ReportRecord, _ id: String, namedAsIn other: ReportRecord? = nil
  ) -> [(name: String, value: String)] {
    record.metrics.claims.filter { $0.figure == id }.map { claim in
      let same = other?.metrics.claims.first {
        $0.figure == id && $0.name == claim.name && $0.panel == claim.panel && !claim.statistics.isEmpty
          && $0.statistics == claim.statistics
      }
      return ((same ?? claim).place, claim.verdict)
    }
  }

  /// The scatter panels of a figure: what they correlate stands in the ids of their statistics, and the design
  /// of each run in the figure's table, which is read for that.
  private func points(_ record: ReportRecord, _ id: String) throws(BundlesError) -> PointComparer.Side {
    let panels = record.points[id] ?? []
    // The tables of histograms and of runs over time are the large ones.
    guard !panels.isEmpty else { return PointComparer.Side(panels: [], quantities: [:], designs: [:]) }
    var quantities: [String: String] = [:]
    for statistic in record.metrics.statistics
    where statistic.figure == id && quantities[statistic.panel] == nil {
      // fig3.a.log10-prior-heaviside.generalization.pearson
      quantities[statistic.panel] = statistic.id.split(separator: ".").dropFirst(2).dropLast().joined(
        separator: ".")
    }
    let file = "data/\(id).csv"
    let designs =
      record.folder.digests[file] == nil ? [:] : TableComparer.designs(try csv(file, record))
    return PointComparer.Side(panels: panels, quantities: quantities, designs: designs)
  }

  private func picture(
    _ file: String, replay: ReplayClass, isComparable: Bool
  ) throws(BundlesError) -> Judged<PictureComparison>? {
    let (old, new) = (before.folder.digests[file], after.folder.digests[file])
    guard let old, let new else {
      return old == nil && new == nil
        ? nil
        : Judged(
          PictureComparison(file: file, changedShare: nil),
          Judgement(old == nil ? .added : .removed, counts: true))
    }
    guard old != new else {
      return Judged(PictureComparison(file: file, changedShare: 0), .identical)
    }
    let share = try PictureFile.difference(file, before.folder, after.folder).changedShare
    let judgement =
      switch tolerances.rule(picture: replay) {
      // Other bytes of the same pixels: another version of the library that compresses them.
      case _ where share == 0: Judgement.identical
      case _ where !isComparable: Judgement(.incomparable, counts: false)
      case .changedShare(let limit) where share <= limit: Judgement(.withinTolerance, counts: false)
      case .changedShare: Judgement(.changed, counts: true)
      case .notCounted: Judgement(.changed, counts: false)
      }
    return Judged(PictureComparison(file: file, changedShare: share), judgement)
  }

  private func tables(
    _ id: String, replay: FigureReproducibility, isComparable: Bool
  ) throws(BundlesError) -> [Judged<TableComparison>] {
    let files = Set(before.folder.digests.keys).union(after.folder.digests.keys)
      .filter { $0 == "data/\(id).csv" || $0.hasPrefix("data/\(id)-") }
    var tables: [Judged<TableComparison>] = []
    for file in files.sorted() {
      tables.append(try table(file, replay: replay, isComparable: isComparable))
    }
    return tables
  }

  private func table(
    _ file: String, replay: FigureReproducibility, isComparable: Bool
  ) throws(BundlesError) -> Judged<TableComparison> {
    func whole(
      _ comparison: ComparisonClass, rows: Int = 0, added: [String] = [], removed: [String] = []
    ) -> Judged<TableComparison> {
      Judged(
        TableComparison(
          file: file, identicalRows: rows, rows: [], addedColumns: added, removedColumns: removed),
        Judgement(comparison, counts: comparison != .identical))
    }
    switch (before.folder.digests[file], after.folder.digests[file]) {
    case (nil, _): return whole(.added, added: try csv(file, after).header)
    case (_, nil): return whole(.removed, removed: try csv(file, before).header)
    // Large tables are as a rule the same, and need not be matched row by row then.
    case (let old, let new) where old == new: return whole(.identical, rows: try csv(file, before).rows.count)
    default:
      let comparer = TableComparer(
        file: file, replay: replay, tolerances: tolerances, isComparable: isComparable)
      return comparer.compare(try csv(file, before), try csv(file, after))
    }
  }

  private func csv(_ file: String, _ record: ReportRecord) throws(BundlesError) -> CSVTable {
    guard let text = String(validating: try record.folder.data(file), as: UTF8.self),
      let table = CSVTable(text)
    else { throw .unreadable(path: record.folder.name, file: file, reason: "it is no table in CSV") }
    return table
  }
}
