/// A measure of flatness, or of what it is set beside, whose constants stand in a row of Table 1 under its name.
package struct TabledMeasure: Hashable, Sendable {
  /// A constant of a measure, by its key in `table1.yml` and in records.
  package enum Constant: String, CodingKey, Sendable, CaseIterable {
    /// ρ: how far the parameters move.
    case radius
    /// η, which is added to |w| where moves go with it.
    case offset
    /// Steps of a search.
    case steps
    /// The length of the first steps, in units of the radius.
    case firstStep
    /// The weight of a new step beside that of the one before.
    case momentum
    /// Draws of the noise.
    case draws
    /// The part of the accuracy that noise may cost.
    case drop
    /// How far from it a search may end.
    case tolerance
    /// The largest deviation of the noise.
    case largestDeviation
    /// Which quantile.
    case quantile

    /// The numbers that it may be.
    package var bound: NumberBound {
      switch self {
      case .radius, .firstStep, .tolerance, .largestDeviation: .positive
      case .offset: .notNegative
      case .steps: .count
      case .draws: .several
      case .momentum, .drop, .quantile: .upToOne
      }
    }
  }
  /// Which measure.
  package let kind: MeasureKind
  /// The value of each constant that the measure's row of the table of measures names, and of no other.
  package let constants: [Constant: Double]

  /// A measure with its constants; none for one that has none.
  package init(_ kind: MeasureKind, _ constants: [Constant: Double] = [:]) {
    self.kind = kind
    self.constants = constants
  }

  /// The value of a constant that the measure has.
  package subscript(constant: Constant) -> Double {
    guard let value = constants[constant] else {
      preconditionFailure("expected \(kind.rawValue) to have the constant \(constant.rawValue)")
    }
    return value
  }

  /// The value of a constant that counts something.
  package func count(_ constant: Constant) -> Int { Int(self[constant]) }
}

/// Written flat, as every measure is: `{"kind": "sam-sharpness", "radius": 0.05}`; the kind is ``Measure``'s.
extension TabledMeasure {
  init(_ kind: MeasureKind, from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Constant.self)
    var constants: [Constant: Double] = [:]
    for constant in MeasureDefinition.of(kind).constants {
      constants[constant] = try container.decode(Double.self, forKey: constant)
    }
    self.init(kind, constants)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Constant.self)
    for (constant, value) in constants { try container.encode(value, forKey: constant) }
  }
}
