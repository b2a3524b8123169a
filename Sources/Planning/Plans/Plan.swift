package import Specifications

/// The runs that a set of figures needs, without duplicates: figures that ask for the same training share it.
///
/// A pure value, independent of the store.
package struct Plan: Equatable, Sendable {
  /// The runs in order of first use: by figure, by name of the run group, by |A|, by sample.
  package private(set) var runs: [PlannedRun]
  /// The samples of functions that the figures show or that runs take their targets from, in order of first
  /// use.
  package private(set) var samples: [PlannedSample]

  /// The plan for `figures` under the report's seed.
  package init(figures: [FigureSpec], seed: UInt64) {
    var runs: [PlannedRun] = []
    var position: [TrainingSpec: Int] = [:]
    var samples: [PlannedSample] = []
    for figure in figures {
      for (_, group) in figure.runs.sorted(by: { $0.key < $1.key }) {
        if let sample = group.functionSample(seed: seed) {
          let index = samples.firstIndex { $0.spec == sample } ?? samples.count
          if index == samples.count { samples.append(PlannedSample(spec: sample, figures: [])) }
          if !samples[index].figures.contains(figure.id) { samples[index].figures.append(figure.id) }
        }
        for training in group.trainings(seed: seed) {
          let index = position[training] ?? runs.count
          if index == runs.count {
            position[training] = index
            runs.append(PlannedRun(training: training, measurements: [], figures: []))
          }
          for measurement in group.measurements where !runs[index].measurements.contains(measurement) {
            runs[index].measurements.append(measurement)
          }
          if !runs[index].figures.contains(figure.id) { runs[index].figures.append(figure.id) }
        }
      }
    }
    self.runs = runs
    self.samples = samples
  }

  /// The runs and samples at some positions, with the samples that the runs take their targets from.
  package func narrowed(toRuns positions: Set<Int>, samples wanted: Set<Int>) -> Plan {
    var plan = self
    plan.runs = runs.enumerated().filter { positions.contains($0.offset) }.map(\.element)
    let targets = Set(plan.runs.compactMap(\.training.target))
    plan.samples = samples.enumerated().filter {
      wanted.contains($0.offset) || targets.contains($0.element.spec)
    }.map(\.element)
    return plan
  }
}

/// One training with all measurements that any figure asks for.
package struct PlannedRun: Equatable, Sendable {
  /// The training.
  package var training: TrainingSpec
  /// The measurements on the trained network, without duplicates, in the order in which figures ask for them.
  package var measurements: [MeasurementSpec]
  /// The ids of the figures that use the run, in the paper's order.
  package var figures: [String]

  /// A run for the figures named.
  package init(training: TrainingSpec, measurements: [MeasurementSpec], figures: [String]) {
    self.training = training
    self.measurements = measurements
    self.figures = figures
  }

  /// The run in steps that are stored one after another: the measurements at fixed epochs, then each
  /// timeline. A timeline takes minutes, so it is stored before the next one begins.
  package var steps: [PlannedRun] {
    let timelines = measurements.filter(\.isTimeline)
    let others = measurements.filter { !$0.isTimeline }
    let parts = (others.isEmpty && !timelines.isEmpty ? [] : [others]) + timelines.map { [$0] }
    return parts.map { PlannedRun(training: training, measurements: $0, figures: figures) }
  }
}

/// One sample of functions that figures need.
package struct PlannedSample: Equatable, Sendable {
  /// The sample.
  package var spec: FunctionSampleSpec
  /// The ids of the figures that use it, in the paper's order.
  package var figures: [String]

  /// A sample for the figures named.
  package init(spec: FunctionSampleSpec, figures: [String]) {
    self.spec = spec
    self.figures = figures
  }
}
