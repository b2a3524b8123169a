import Planning
import Plotting
import RunStorage

/// A figure made: its picture, its numbers, and the judgements on them. Nothing in it depends on when, where
/// or how fast it was made.
public struct FigureResult: Sendable {
  /// The spec that it was made from.
  public let spec: FigureSpec
  /// The chart or the diagram, not rendered yet.
  public let picture: any Picture
  /// The tables behind the picture, the main one first; none for a drawn figure.
  public let tables: [FigureTable]
  /// The points of each scatter panel.
  public let points: [PanelPoints]
  /// The statistics of all panels, and the differences between panels.
  public let statistics: [StatisticRow]
  /// The judgements of the claims that the panels and the figure itself name.
  public internal(set) var verdicts: [ClaimVerdict]
  /// What the picture shows, in words and numbers.
  public let altText: String
  /// What a reader must know besides, such as runs that did not converge.
  public let notes: [String]
  /// The runs behind the figure, in the plan's order.
  public let records: [RunRecord]
  /// The samples of functions behind the figure.
  public let samples: [FunctionSampleRecord]
}
