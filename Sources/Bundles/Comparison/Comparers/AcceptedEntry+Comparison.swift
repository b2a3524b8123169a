package import Specifications

extension AcceptedEntry {
  /// An entry that accepts every difference of a figure.
  ///
  /// - Parameters:
  ///   - comparison: the comparison of the two reports, in which the figure is `figure`.
  ///   - before: the first report; `after` the second.
  ///   - takesTolerances: whether later moves of the same size are accepted too.
  package init(
    of figure: Judged<FigureComparison>, in comparison: ReportComparison, before: ReportFolder,
    after: ReportFolder, reason: String, who: String, date: String, takesTolerances: Bool
  ) {
    func changes(_ values: [Judged<ValueComparison>]) -> [AcceptedChange<String>] {
      values.map { AcceptedChange(name: $0.name, old: $0.before, new: $0.after) }
    }
    func change(
      _ file: String, tolerance: Double? = nil, columns: [String: Double]? = nil
    ) -> AcceptedChange<String> {
      AcceptedChange(
        name: file, old: before.digests[file], new: after.digests[file],
        tolerance: takesTolerances ? tolerance : nil, columns: takesTolerances ? columns : nil)
    }
    let texts: [Kind: [AcceptedChange<String>]] = [
      .data: changes(figure.data), .revisions: changes(figure.revisions.changed),
      .settings: changes(figure.settings.changed), .verdicts: changes(figure.verdicts.changed),
      .tables: figure.tables.filter(\.differs).map { change($0.file, columns: $0.largestRelativeMoves) },
      .pictures: [figure.picture].compactMap(\.self).filter(\.differs).map {
        change($0.file, tolerance: $0.changedShare)
      },
    ]
    self.init(
      reason: reason, who: who, date: date, profile: comparison.after.profile,
      old: Report(version: comparison.before.plateauVersion, digest: comparison.before.digest),
      new: Report(version: comparison.after.plateauVersion, digest: comparison.after.digest),
      texts: texts.filter { !$0.value.isEmpty },
      statistics: figure.statistics.filter(\.differs).map { statistic in
        AcceptedChange(
          name: statistic.id, old: statistic.before, new: statistic.after,
          tolerance: takesTolerances ? statistic.relativeMove : nil)
      })
  }

  /// How many differences it accepts.
  package var count: Int { namedChanges.count }
}
