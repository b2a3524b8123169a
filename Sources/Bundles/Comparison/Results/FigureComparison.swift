import Planning

/// One figure in both reports.
public struct FigureComparison: Codable, Equatable, Sendable {
  /// Such as `fig3`.
  public var id: String
  /// Such as "Figure 3".
  public var label: String
  /// Why its numbers cannot be compared; empty where they can.
  public var incomparable: [String]
  /// How closely its numbers should come back.
  public var replay: ReplayClass
  /// Its statistics.
  public var statistics: [StatisticComparison]
  /// Its verdicts, by claim.
  public var verdicts: [ValueComparison]
  /// Its settings.
  public var settings: [ValueComparison]
  /// The digests of its data.
  public var data: [ValueComparison]
  /// The revisions of its methods.
  public var revisions: [ValueComparison]
  /// Its picture; nil where neither report has one.
  public var picture: PictureComparison?
  /// Its tables.
  public var tables: [TableComparison]
  /// The points of its scatter panels.
  public var panels: [PanelComparison]
  /// The largest class of all that it holds, or `added`, `removed` where only one report has it.
  public var comparison: ComparisonClass
  /// Whether anything of it makes the reports differ.
  public var isDifference: Bool

  /// Whether both reports show the same of it.
  public var isTheSame: Bool {
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
