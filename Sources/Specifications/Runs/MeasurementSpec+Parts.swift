extension MeasurementSpec {
  /// What is measured, whenever: a later measurement's own kind, and all that a timeline measures.
  package var parts: [MeasurementSpec] {
    switch self {
    case .sharpness, .prior, .hessian, .state: [self]
    case .later(_, let measurement): measurement.parts
    case .timeline(let settings): settings.measurements
    }
  }

  /// The priors among ``parts``.
  package var priors: [PriorSettings] {
    parts.compactMap { if case .prior(let settings) = $0 { settings } else { nil } }
  }

  /// Whether this follows a whole training.
  package var isTimeline: Bool { if case .timeline = self { true } else { false } }
}

extension MeasurementSpec {
  /// Whether `other` would stand in the same columns of a table and on the same axes: sharpness by one method with two
  /// boxes, or two parts of one spectrum.
  package func fillsSameColumns(as other: MeasurementSpec) -> Bool {
    switch (self, other) {
    case (.sharpness(let one, let isTrace), .sharpness(let two, let isOtherTrace)):
      one.method == two.method && isTrace == isOtherTrace
    case (.hessian, .hessian): true
    default: false
    }
  }
}
