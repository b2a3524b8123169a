package import Plotting
package import ReportDocuments
package import RunStorage
package import Specifications

/// A finished figure: its picture, its numbers, and the verdicts on them. It does not depend on the time, the
/// place or the speed of its making.
package struct FigureResult: Sendable {
  /// The spec that it was made from.
  package let spec: FigureSpec
  /// The chart or the diagram, not rendered yet.
  package let picture: any Picture
  /// The tables behind the picture, the main one first; none for a drawn figure.
  package let tables: [FigureTable]
  /// The points of each scatter panel.
  package let points: [PanelPoints]
  /// The statistics of all panels, and the differences between panels.
  package let statistics: [StatisticRow]
  /// The judgements of the claims that the panels and the figure itself name.
  package internal(set) var verdicts: [ClaimVerdict]
  /// What the picture shows, in words and numbers.
  package let altText: String
  /// Notes for the reader, for example on runs that did not converge.
  package let notes: [String]
  /// The runs behind the figure, in the plan's order.
  package let records: [RunRecord]
  /// The samples of functions behind the figure.
  package let samples: [FunctionSampleRecord]
}
