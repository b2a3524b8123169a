import ReportDocuments
package import Specifications

/// Every statistic and every verdict over several reports, the oldest first: `plateau history`.
package struct ReportHistory: VersionedDocument {
  package static let schema = "plateau-history/1"
  package static let fileName = "history.json"

  /// One statistic over the reports.
  package struct Series: Codable, Equatable, Sendable {
    /// The statistic's identity.
    package var id: String
    /// The figure, such as `fig3`.
    package var figure: String
    /// The panel's letter.
    package var panel: String
    /// What is correlated with what.
    package var quantities: String
    /// What people call it, such as "Pearson r".
    package var title: String
    /// Its ``StatisticName``, or a name that only another version knows.
    package var statistic: String
    /// Its value in each report, in their order; nil if a report has no such statistic.
    package var values: [StatisticValue?]
    /// Whether each value may be compared with the last one before it: same profile, data and revisions.
    /// False for the first.
    package var isComparable: [Bool]

    /// Such as "(a) Pearson r, log₁₀ P(f) against generalization".
    var words: String { "(\(panel)) \(title), \(quantities)" }

    /// The index of each value that may be compared with the last one before it, and of that one.
    var neighbours: [(from: Int, to: Int)] {
      ReportHistory.neighbours(isThere: values.map { $0 != nil }, isComparable)
    }

    /// Whether a value differs from the last one that it may be compared with.
    package var hasMoved: Bool {
      neighbours.contains { values[$0.from]?.value != values[$0.to]?.value }
    }
  }

  /// One verdict over the reports.
  package struct VerdictSeries: Codable, Equatable, Sendable {
    /// The figure, such as `fig3`.
    package var figure: String
    /// Such as "prior-is-tight (a), step likelihood".
    package var place: String
    /// The verdict in each report; nil if a report does not judge it.
    package var verdicts: [String?]
    /// Whether each verdict may be compared with the last one before it: same profile, data and revisions.
    package var isComparable: [Bool]

    /// The index of each verdict that may be compared with the last one before it, and of that one.
    var neighbours: [(from: Int, to: Int)] {
      ReportHistory.neighbours(isThere: verdicts.map { $0 != nil }, isComparable)
    }
  }

  package private(set) var schema: String = Self.schema
  /// The reports, the oldest first.
  package var reports: [ReportComparison.Side]
  /// The label of each figure, such as "Figure 3" for `fig3`.
  package var labels: [String: String]
  /// The figures in the paper's order.
  package var figures: [String]
  /// The statistics, in the order of the figures and of their first report.
  package var statistics: [Series]
  /// The verdicts, likewise.
  package var verdicts: [VerdictSeries]

  /// Reads the documents of `reports` and puts them in the order in which they were made, by `run.json`;
  /// those that do not state it come first, in the order given.
  ///
  /// - Throws: ``BundlesError`` if a report's documents cannot be read.
  package init(_ reports: [ReportFolder]) throws(BundlesError) {
    var records: [ReportRecord] = []
    for report in reports { records.append(try ReportRecord(report)) }
    let order = records.indices.sorted {
      (records[$0].run?.finished ?? "", $0) < (records[$1].run?.finished ?? "", $1)
    }
    self.init(records: order.map { records[$0] })
  }

  private init(records: [ReportRecord]) {
    reports = records.map(\.side)
    labels = [:]
    for record in records {
      labels.merge(record.provenance.figures.mapValues(\.label)) { first, _ in first }
    }
    let figures = ReportRecord.inPaperOrder(labels.keys)
    self.figures = figures
    let byID = records.map { record in
      Dictionary(record.metrics.statistics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    statistics = figures.flatMap { figure in
      Self.identities(records) { $0.metrics.statistics.filter { $0.figure == figure }.map(\.id) }
        .compactMap { id in Self.series(id, figure: figure, records, found: byID.map { $0[id] }) }
    }
    verdicts = figures.flatMap { figure in
      Self.identities(records) { $0.metrics.claims.filter { $0.figure == figure }.map(\.place) }
        .map { place in
          let verdicts = records.map { record in
            record.metrics.claims.first { $0.figure == figure && $0.place == place }?.verdict
          }
          return VerdictSeries(
            figure: figure, place: place, verdicts: verdicts,
            isComparable: Self.comparability(figure, records, isThere: verdicts.map { $0 != nil }))
        }
    }
  }

  /// What the records name, each once, in the order of first appearance.
  private static func identities(
    _ records: [ReportRecord], _ names: (ReportRecord) -> [String]
  ) -> [String] {
    var seen: Set<String> = []
    return records.flatMap(names).filter { seen.insert($0).inserted }
  }

  /// The statistic `id` over the records, from the value in each; nil if none has it.
  private static func series(
    _ id: String, figure: String, _ records: [ReportRecord], found: [MetricsDocument.Statistic?]
  ) -> Series? {
    guard let any = found.compactMap({ $0 }).last else { return nil }
    return Series(
      id: id, figure: figure, panel: any.panel, quantities: any.quantities, title: any.title,
      statistic: any.statistic, values: found.map { $0?.estimate },
      isComparable: comparability(figure, records, isThere: found.map { $0 != nil }))
  }

  /// The index of each thing that may be compared with the last one before it, and of that one.
  private static func neighbours(isThere: [Bool], _ isComparable: [Bool]) -> [(from: Int, to: Int)] {
    isThere.indices.compactMap { to in
      isComparable[to] ? isThere[..<to].lastIndex(of: true).map { (from: $0, to: to) } : nil
    }
  }

  /// Whether each record that has something of a figure may be compared with the last one before it that has.
  private static func comparability(
    _ figure: String, _ records: [ReportRecord], isThere: [Bool]
  ) -> [Bool] {
    var last: ReportRecord?
    return zip(records, isThere).map { record, isThere -> Bool in
      guard isThere else { return false }
      defer { last = record }
      guard let last, last.metrics.profile == record.metrics.profile else { return false }
      return FigureBasis(figure, last, record).reasons.isEmpty
    }
  }
}
