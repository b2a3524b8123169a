/// A row of Table 1 with the constants of one measure, and the place that each of them comes from.
package struct MeasureRow: Equatable, Sendable {
  package let measure: TabledMeasure
  /// The source tags by constant, such as `radius: [O]`.
  package let sources: [TabledMeasure.Constant: [String]]

  /// A row with its sources.
  package init(measure: TabledMeasure, sources: [TabledMeasure.Constant: [String]]) {
    self.measure = measure
    self.sources = sources
  }
}
