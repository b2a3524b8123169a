import Experiments
import NeuralNetworks
import Specifications

extension Workload {
  /// The run groups whose precision of training the engine refuses, as errors with place and remedy: those of
  /// which a run is among `pending`, since what is stored needs no engine.
  func refusedPrecisions(_ pending: [Survey.Item], by engines: any EngineFactory) -> [ExperimentError] {
    let left = Set(pending.map(\.run.training))
    return figures.flatMap { figure in
      figure.precisionLocations.sorted { $0.key < $1.key }.compactMap { name, place in
        guard let group = figure.runs[name],
          group.trainings(seed: request.seed).contains(where: left.contains),
          let reason = engines.refusal(of: group.optimiser.precision.ofTraining)
        else { return nil }
        return .refusedPrecision(
          group.optimiser.precision, runs: name, figure: figure.id, reason: reason, at: place)
      }
    }
  }
}
