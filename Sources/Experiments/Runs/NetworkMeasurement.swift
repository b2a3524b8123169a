import Flatness
import FunctionPriors
import NeuralNetworks
import Specifications

/// Measures one quantity on a network of a run. A failure is a result with its reason.
struct NetworkMeasurement: Sendable {
  let context: RunContext
  let kernels: KernelCatalogue
  let isCancelled: @Sendable () -> Bool
  /// Called after each sweep of a large prior, with the number of sweeps done.
  var sweepProgress: @Sendable (Int) -> Void = { _ in }

  /// - Parameters:
  ///   - function: f of the network, on S then E.
  ///   - workspaces: of the calling thread.
  /// - Throws: `FlatnessError` when cancelled.
  func measure(
    _ measurement: Measure, on network: FullyConnectedNetwork, function: [UInt8],
    workspaces: PriorWorkspaces
  ) throws -> MeasurementResult {
    switch measurement {
    case .prior(let settings): return prior(settings, function: function, workspaces: workspaces)
    case .sampledPrior(let settings):
      return try sampledPrior(settings, function: function, workspaces: workspaces)
    case .marginalLikelihood(let settings): return kernels.marginalLikelihood(context, settings)
    default: break
    }
    let train = context.split.training
    return try Self.flatness { () throws(FlatnessError) in
      try measurement.flatness(
        of: network, inputs: train.inputs, labels: train.labels, key: context.key, isCancelled: isCancelled)
    }
  }

  /// The prior of a function, with the error of its kernel if that is a Monte-Carlo one.
  func prior(
    _ settings: PriorSettings, function: [UInt8], workspaces: PriorWorkspaces
  ) -> MeasurementResult {
    do {
      let estimate = try prior(settings, function, start: nil, workspaces: workspaces)
      return .prior(PriorResult(estimate, kernelError: kernels.relativeStandardError(context.spec, settings)))
    } catch {
      return .failed(reason: error.description)
    }
  }

  /// The prior of a function by sampling, on this thread; failed where its error bar cannot be relied on.
  ///
  /// - Throws: `FunctionPriorError.cancelled`.
  func sampledPrior(
    _ settings: PriorSettings, function: [UInt8], workspaces: PriorWorkspaces
  ) throws -> MeasurementResult {
    do {
      let guide = try prior(settings, function, start: nil, workspaces: workspaces)
      let estimate = try SampledPrior(likelihood: guide.likelihood).logProbability(
        of: function, kernel: kernels.kernel(context.spec, settings), guide: guide,
        key: context.key.split("prior-sampled").split(settings.likelihood.rawValue), isCancelled: isCancelled)
      guard estimate.isReliable else {
        return .failed(
          reason:
            "the particles are worth \(Int(estimate.effectiveSampleSize)), so that their error is not known")
      }
      return .estimate(.sampledPrior, estimate.logProbabilityInNats, standardError: estimate.standardError)
    } catch FunctionPriorError.cancelled {
      throw FunctionPriorError.cancelled
    } catch {
      return .failed(reason: "\(error)")
    }
  }

  /// ln P(f); `start` may be the sites of a function that differs in few bits.
  func prior(
    _ settings: PriorSettings, _ function: [UInt8], start: SiteParameters?, workspaces: PriorWorkspaces
  ) throws(FunctionPriorError) -> FunctionPriorEstimate {
    let kernel = kernels.kernel(context.spec, settings)
    let inference = ExpectationPropagation(likelihood: Likelihood(settings.likelihood))
    if kernel.count >= ExpectationPropagationWorkspace.largeCount {
      return try kernels.largePriors.estimate(
        inference, of: function, kernel: kernel, start: start, settings: settings, context: context,
        progress: { sweepProgress($0.sweep) })
    }
    return try inference.logProbability(
      of: function, kernel: kernel, start: start, workspace: workspaces.workspace(count: kernel.count))
  }

  /// A measurement of flatness. A failure is a result with its reason.
  ///
  /// - Throws: `FlatnessError` when cancelled.
  static func flatness(
    _ measure: () throws(FlatnessError) -> MeasurementResult
  ) throws(FlatnessError) -> MeasurementResult {
    do {
      return try measure()
    } catch {
      if error.isCancellation { throw error }
      return .failed(reason: error.description)
    }
  }
}

extension PriorResult {
  /// What the report keeps of an estimate.
  init(_ estimate: FunctionPriorEstimate, kernelError: Double? = nil) {
    self.init(
      logProbabilityInNats: estimate.logProbabilityInNats, n: estimate.n, sweeps: estimate.sweeps,
      lastChange: estimate.lastChange, converged: estimate.converged, damping: estimate.damping,
      kernelError: kernelError)
  }
}
