/// A constant of a measure that the report's figures use, from the measure's row of Table 1.
package struct MeasureConstant: Sendable, Equatable {
  /// The measure's name, such as `sam-sharpness`.
  package var measure: String
  /// The constant's, such as `radius`.
  package var name: String
  /// Its value.
  package var value: Sourced<Double>
  /// The names of the figures that use the measure.
  package var figures: [String]
}
