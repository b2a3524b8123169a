/// What a report cost beside time on the wall: a part of `run.json`.
package struct RunCost: Codable, Equatable, Sendable {
  /// Energy that was measured, or why none was.
  package enum Energy: Equatable, Sendable {
    /// In joules, of the machine’s processor packages with all programs on them; `reader` names the counters.
    case measured(joules: Double, reader: String)
    case notMeasured(reason: String)
  }
  /// Processor time of the program in this call, user and system, of all its threads, in seconds.
  package var processorSeconds: Double
  /// The largest resident set of the program, in bytes; absent where the system does not tell.
  package var peakMemoryBytes: Int?
  /// Energy of the machine’s processor packages during this call, of all programs on them. What came from the store took none in it.
  package var energy: Energy
  /// Processor time of the runs and samples behind each figure, in seconds, by its name, as their records have it:
  /// what they took when they were executed, in this call or an earlier one. A run that several figures show counts for
  /// each. Figures of ``runsWithoutProcessorTime`` are left out.
  package var processorSecondsByFigure: [String: Double]
  /// How many runs and samples behind a figure have no processor time in their records, by its name: those that
  /// earlier versions of the program made. Figures without any are left out.
  package var runsWithoutProcessorTime: [String: Int]

  package init(
    processorSeconds: Double, peakMemoryBytes: Int?, energy: Energy,
    processorSecondsByFigure: [String: Double], runsWithoutProcessorTime: [String: Int]
  ) {
    self.processorSeconds = processorSeconds
    self.peakMemoryBytes = peakMemoryBytes
    self.energy = energy
    self.processorSecondsByFigure = processorSecondsByFigure
    self.runsWithoutProcessorTime = runsWithoutProcessorTime
  }
}

/// Written as `{"joules": 12.5, "reader": "…"}` or as `{"notMeasured": "…"}`.
extension RunCost.Energy: Codable {
  private enum CodingKeys: String, CodingKey { case joules, reader, notMeasured }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let reason = try container.decodeIfPresent(String.self, forKey: .notMeasured) {
      self = .notMeasured(reason: reason)
    } else {
      self = .measured(
        joules: try container.decode(Double.self, forKey: .joules),
        reader: try container.decode(String.self, forKey: .reader))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .measured(let joules, let reader):
      try container.encode(joules, forKey: .joules)
      try container.encode(reader, forKey: .reader)
    case .notMeasured(let reason): try container.encode(reason, forKey: .notMeasured)
    }
  }
}
