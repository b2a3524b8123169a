import Specifications

/// One figure in both reports.
package struct FigureComparison: Codable, Equatable, Sendable {
  /// Such as `fig3`.
  package var id: String
  /// Such as "Figure 3".
  package var label: String
  /// Why its numbers cannot be compared; empty where they can.
  package var incomparable: [String]
  /// How closely its numbers should come back.
  package var replay: ReplayClass
  /// Its statistics.
  package var statistics: [StatisticComparison]
  /// Its verdicts, by claim.
  package var verdicts: [ValueComparison]
  /// Its settings.
  package var settings: [ValueComparison]
  /// The digests of its data.
  package var data: [ValueComparison]
  /// The revisions of its methods.
  package var revisions: [ValueComparison]
  /// Its picture; nil where neither report has one.
  package var picture: PictureComparison?
  /// Its tables.
  package var tables: [TableComparison]
  /// The points of its scatter panels.
  package var panels: [PanelComparison]
  /// The largest class of all that it holds, or `added`, `removed` where only one report has it.
  package var comparison: ComparisonClass
  /// Whether anything of it makes the reports differ.
  package var isDifference: Bool

  /// Whether both reports show the same of it.
  package var isTheSame: Bool {
    comparison == .identical || (comparison == .unmeasured && statistics.allSatisfy(\.isTheSame))
  }

  /// The class and the count of everything in the figure that is judged.
  static func all(
    _ statistics: [StatisticComparison], _ values: [ValueComparison], _ picture: PictureComparison?,
    _ tables: [TableComparison]
  ) -> [(ComparisonClass, isDifference: Bool)] {
    statistics.map { ($0.comparison, $0.isDifference) } + values.map { ($0.comparison, $0.isDifference) }
      + tables.map { ($0.comparison, $0.isDifference) }
      + (picture.map { [($0.comparison, $0.isDifference)] } ?? [])
  }
}
