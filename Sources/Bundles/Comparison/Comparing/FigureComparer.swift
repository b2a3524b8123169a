import Foundation
import Planning
import Reporting

/// Compares one figure of two reports.
struct FigureComparer {
  let before: ReportRecord
  let after: ReportRecord
  let tolerances: Tolerances
  /// Whether both were made at one size.
  let isSameProfile: Bool
  /// Whether numbers are expected to come back in distribution only, whatever the runs' own class.
  let isOtherMachineOrSeed: Bool

  /// - Throws: ``BundlesError`` where a table or a picture cannot be read.
  func compare(_ id: String) throws(BundlesError) -> FigureComparison {
    let old = before.provenance.figures[id]
    let new = after.provenance.figures[id]
    guard let either = new ?? old else {
      preconditionFailure("expected a figure of either report, got \(id)")
    }
    let basis = FigureBasis(id, before, after)
    let isInBoth = old != nil && new != nil
    let reasons = isInBoth ? basis.reasons : []
    let isComparable = isSameProfile && reasons.isEmpty
    let replay = FigureReplay(
      [old, new].compactMap { $0 }, points: (before.points[id] ?? []) + (after.points[id] ?? []),
      isOtherMachineOrSeed: isOtherMachineOrSeed)
    let statistics = StatisticComparer(
      replay: replay, tolerances: tolerances, isComparable: isComparable
    ).compare(
      before.metrics.statistics.filter { $0.figure == id },
      after.metrics.statistics.filter { $0.figure == id })
    let verdicts = ValueComparison.all(Self.verdicts(before, id), Self.verdicts(after, id), counts: true)
    let settings = ValueComparison.all(
      old?.settings.map { ($0.path, $0.value) } ?? [], new?.settings.map { ($0.path, $0.value) } ?? [],
      counts: true)
    let picture = try picture("figures/\(id).png", replay: replay.figure, isComparable: isComparable)
    let tables = try tables(id, replay: replay, isComparable: isComparable)
    let all = FigureComparison.all(
      statistics, verdicts + settings + basis.data + basis.revisions, picture, tables)
    return FigureComparison(
      id: id, label: either.label, incomparable: reasons, replay: replay.figure, statistics: statistics,
      verdicts: verdicts, settings: settings, data: basis.data,
      revisions: basis.revisions, picture: picture,
      tables: tables,
      panels: PointComparer(replay: replay, tolerances: tolerances)
        .compare(before.points[id] ?? [], after.points[id] ?? []),
      comparison: old == nil ? .added : new == nil ? .removed : all.map(\.0).max() ?? .identical,
      isDifference: !isInBoth || all.contains(where: \.isDifference))
  }

  private static func verdicts(_ record: ReportRecord, _ id: String) -> [(name: String, value: String)] {
    record.metrics.claims.filter { $0.figure == id }.map { ($0.place, $0.verdict) }
  }

  private func picture(
    _ file: String, replay: ReplayClass, isComparable: Bool
  ) throws(BundlesError) -> PictureComparison? {
    let hasOld = before.folder.files.contains(file)
    let hasNew = after.folder.files.contains(file)
    guard hasOld, hasNew else {
      return hasOld || hasNew
        ? PictureComparison(
          file: file, changedShare: nil, comparison: hasNew ? .added : .removed, isDifference: true)
        : nil
    }
    let (a, b) = (try before.folder.data(file), try after.folder.data(file))
    guard a != b else {
      return PictureComparison(file: file, changedShare: 0, comparison: .identical, isDifference: false)
    }
    let share = try PictureFile.difference(file, before.folder, after.folder).changedShare
    let comparison: (ComparisonClass, Bool)
    switch tolerances.rule(picture: replay) {
    // Other bytes of the same pixels: another version of the library that compresses them.
    case _ where share == 0: comparison = (.identical, false)
    case _ where !isComparable: comparison = (.incomparable, false)
    case .changedShare(let limit): comparison = share <= limit ? (.withinTolerance, false) : (.changed, true)
    case .notCounted: comparison = (.changed, false)
    }
    return PictureComparison(
      file: file, changedShare: share, comparison: comparison.0, isDifference: comparison.1)
  }

  private func tables(
    _ id: String, replay: FigureReplay, isComparable: Bool
  ) throws(BundlesError) -> [TableComparison] {
    func own(_ record: ReportRecord) -> [String] {
      record.folder.files.filter { $0 == "data/\(id).csv" || $0.hasPrefix("data/\(id)-") }
    }
    let files = Set(own(before)).union(own(after)).sorted()
    var tables: [TableComparison] = []
    for file in files {
      let (old, new) = (try bytes(file, before), try bytes(file, after))
      guard let old, let new else {
        let only = try table(file, new == nil ? before : after, (new ?? old) ?? Data())
        tables.append(
          TableComparison(
            file: file, identicalRows: 0, rows: [], addedColumns: new == nil ? [] : only.header,
            removedColumns: new == nil ? only.header : [], comparison: new == nil ? .removed : .added,
            isDifference: true))
        continue
      }
      let first = try table(file, before, old)
      // Large tables are as a rule the same, and need not be matched row by row then.
      guard old != new else {
        tables.append(
          TableComparison(
            file: file, identicalRows: first.rows.count, rows: [], addedColumns: [], removedColumns: [],
            comparison: .identical, isDifference: false))
        continue
      }
      let comparer = TableComparer(
        file: file, replay: replay, tolerances: tolerances, isComparable: isComparable)
      tables.append(comparer.compare(first, try table(file, after, new)))
    }
    return tables
  }

  private func bytes(_ file: String, _ record: ReportRecord) throws(BundlesError) -> Data? {
    record.folder.files.contains(file) ? try record.folder.data(file) : nil
  }

  private func table(
    _ file: String, _ record: ReportRecord, _ bytes: Data
  ) throws(BundlesError) -> CSVTable {
    guard let text = String(validating: bytes, as: UTF8.self), let table = CSVTable(text) else {
      throw .unreadable(path: record.folder.name, file: file, reason: "it is no table in CSV")
    }
    return table
  }
}
