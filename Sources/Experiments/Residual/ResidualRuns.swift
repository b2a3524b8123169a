import NeuralNetworks
import Planning

/// What the runs of residual networks share: one engine with its memory, whatever the number of jobs.
///
/// A class because it owns the engine. All its work is done on one thread.
final class ResidualRuns {
  /// The one workspace, for batches of up to its capacity.
  let workspace: ResidualWorkspace

  /// - Throws: `ConvolutionEngineError`.
  init(_ runs: [PlannedRun], engines: any EngineFactory) throws(ConvolutionEngineError) {
    let shape = ResidualShape.resNet50
    workspace = ResidualWorkspace(
      shape: shape, engine: try engines.engine(for: shape.program, capacity: runs.map(Self.batch).max() ?? 1))
  }

  /// The most images that a run passes through the network at once.
  private static func batch(_ run: PlannedRun) -> Int {
    let spec = run.training
    let ascents = run.measurements.flatMap(\.parts).compactMap(\.sharpness).map {
      min($0.batch, spec.dataset.train)
    }
    let all = spec.dataset.train + spec.attackSize
    return max(min(spec.optimiser.batch ?? all, all), ascents.max() ?? 1)
  }
}
