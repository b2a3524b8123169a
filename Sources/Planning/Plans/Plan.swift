import Specifications

/// The runs that a set of figures needs, each once: figures that ask for the same training share it.
///
/// A pure value: it knows nothing of what is stored already.
package struct Plan: Equatable, Sendable {
  /// The runs in order of first use: by figure, by name of the run group, by |A|, by sample.
  package let runs: [PlannedRun]
  /// The samples of functions that the figures show or that runs have their targets from, in order of first
  /// use.
  package let samples: [PlannedSample]

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
}
