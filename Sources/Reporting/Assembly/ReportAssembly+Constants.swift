import Figures
import Specifications

extension ReportAssembly {
  /// The constants of each measure that a figure uses, in the order of Table 1.
  static func constants(_ rows: [MeasureRow], _ results: [FigureResult]) -> [MeasureConstant] {
    rows.flatMap { row -> [MeasureConstant] in
      let figures = results.filter { result in
        result.spec.runs.values.contains { group in
          group.measurements.flatMap(\.parts).contains { $0.kind == row.measure.kind }
        }
      }
      guard !figures.isEmpty else { return [] }
      return MeasureDefinition.of(row.measure.kind).constants.map { constant in
        MeasureConstant(
          measure: row.measure.kind.rawValue, name: constant.rawValue,
          value: Sourced(row.measure[constant], row.sources[constant] ?? []),
          figures: figures.map { fileName($0.spec.id) })
      }
    }
  }
}
