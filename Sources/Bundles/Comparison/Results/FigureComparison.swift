package import Specifications

/// One figure in both reports.
package struct FigureComparison: Codable, Equatable, Sendable {
  /// Such as `fig3`.
  package var id: String
  /// Such as "Figure 3".
  package var label: String
  /// Why its numbers cannot be compared; empty if they can.
  package var incomparable: [String]
  /// How closely its numbers can be reproduced.
  package var replay: ReplayClass
  /// Its statistics.
  package var statistics: [Judged<StatisticComparison>]
  /// Its verdicts, by claim.
  package var verdicts: [Judged<ValueComparison>]
  /// Its settings.
  package var settings: [Judged<ValueComparison>]
  /// The digests of its data.
  package var data: [Judged<ValueComparison>]
  /// The revisions of its methods.
  package var revisions: [Judged<ValueComparison>]
  /// Its picture; nil if neither report has one.
  package var picture: Judged<PictureComparison>?
  /// Its tables.
  package var tables: [Judged<TableComparison>]
  /// The points of its scatter panels.
  package var panels: [PanelComparison]

  /// The judgements of everything in the figure that is judged.
  var judgements: [Judgement] {
    statistics.map(\.judgement) + (verdicts + settings + data + revisions).map(\.judgement)
      + tables.map(\.judgement) + (picture.map { [$0.judgement] } ?? [])
  }
}

extension Judged<FigureComparison> {
  /// Why differences in it are accepted, each reason once.
  var acceptances: [Acceptance] {
    part.judgements.compactMap(\.accepted).reduce(into: []) { all, acceptance in
      if !all.contains(acceptance) { all.append(acceptance) }
    }
  }

  /// Whether both reports show the same of it.
  package var isTheSame: Bool {
    comparison == .identical || (comparison == .unmeasured && part.statistics.allSatisfy(\.isTheSame))
  }
}

/// A figure's picture in both reports.
package struct PictureComparison: Codable, Equatable, Sendable {
  /// The picture's file, such as `figures/fig3.png`.
  package var file: String
  /// The share of pixels that are not the same, in 0…1; nil if only one report has the picture.
  package var changedShare: Double?
}
