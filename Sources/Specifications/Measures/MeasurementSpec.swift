/// When a network is measured.
package enum Schedule: Hashable, Sendable {
  /// At the end of the training.
  case atZeroError
  /// This many epochs after the training met its stopping rule; at least 1.
  case after(epochs: Int)

  /// The schedule of a panel: 0 is zero error.
  package init(epochsPast: Int) { self = epochsPast == 0 ? .atZeroError : .after(epochs: epochsPast) }

  /// Epochs past zero error: 0 at it.
  package var epochsPast: Int {
    switch self {
    case .atZeroError: 0
    case .after(let epochs): epochs
    }
  }
}

/// One thing that a run is asked for besides its training.
package enum MeasurementSpec: Hashable, Sendable {
  /// A measurement on the network as it stands at one time.
  case network(Measure, Schedule)
  /// Loss, accuracies and f at a later epoch: what every training has at its end.
  case state(epochsPast: Int)
  /// The whole course of the training.
  case timeline(TimelineSettings)

  /// A measurement at zero error.
  package static func atZeroError(_ measurement: Measure) -> MeasurementSpec {
    .network(measurement, .atZeroError)
  }

  /// What is measured, whenever: one measurement, or all that a timeline follows.
  package var parts: [Measure] {
    switch self {
    case .network(let measurement, _): [measurement]
    case .state: []
    case .timeline(let settings): settings.measurements
    }
  }

  /// The priors among ``parts``.
  package var priors: [PriorSettings] { parts.compactMap(\.process) }

  /// Whether this follows a whole training.
  package var isTimeline: Bool { if case .timeline = self { true } else { false } }

  /// Epochs past zero error at which this looks at the network: 0 at it; nil for a timeline.
  package var epochsPast: Int? {
    switch self {
    case .network(_, let schedule): schedule.epochsPast
    case .state(let epochs): epochs
    case .timeline: nil
    }
  }
}

/// A measurement at zero error is written as itself; what comes later, as
/// `{"kind": "later", "epochs": 100, "measurement": {…}}`.
extension MeasurementSpec: Codable {
  private enum Kind: String, Codable { case state, later, timeline }
  private enum CodingKeys: String, CodingKey { case kind, epochs, measurement }

  /// Reads the kind, then what stands beside it.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch Kind(rawValue: try container.decode(String.self, forKey: .kind)) {
    case .timeline: self = .timeline(try TimelineSettings(from: decoder))
    case .later:
      let epochs = try container.decode(Int.self, forKey: .epochs)
      let inner = try container.nestedContainer(keyedBy: CodingKeys.self, forKey: .measurement)
      if try inner.decode(String.self, forKey: .kind) == Kind.state.rawValue {
        self = .state(epochsPast: epochs)
      } else {
        self = .network(
          try container.decode(Measure.self, forKey: .measurement), .after(epochs: epochs))
      }
    case .state, nil: self = .network(try Measure(from: decoder), .atZeroError)
    }
  }

  /// Writes the kind and what belongs to it.
  package func encode(to encoder: any Encoder) throws {
    func later(_ epochs: Int) throws -> KeyedEncodingContainer<CodingKeys> {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(Kind.later, forKey: .kind)
      try container.encode(epochs, forKey: .epochs)
      return container
    }
    switch self {
    case .network(let measurement, .atZeroError): try measurement.encode(to: encoder)
    case .network(let measurement, .after(let epochs)):
      var container = try later(epochs)
      try container.encode(measurement, forKey: .measurement)
    case .state(let epochs):
      var container = try later(epochs)
      var inner = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .measurement)
      try inner.encode(Kind.state, forKey: .kind)
    case .timeline(let settings):
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(Kind.timeline, forKey: .kind)
      try settings.encode(to: encoder)
    }
  }
}
