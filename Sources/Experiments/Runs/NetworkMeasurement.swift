package import Flatness
import FunctionPriors
package import LinearAlgebra
package import NeuralNetworks
import Planning
package import RandomStreams
package import Specifications

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
    case .sharpness(let settings, let trace):
      return try Self.flatness { () throws(FlatnessError) in
        .sharpness(try sharpness(settings, trace: trace, network))
      }
    case .hessian(let settings):
      return try Self.flatness { () throws(FlatnessError) in .hessian(try hessian(settings, network)) }
    case .hessianTrace:
      let train = context.split.training
      return try Self.flatness { () throws(FlatnessError) in
        .scalar(
          .hessianTrace, try HessianTrace.measure(of: network, inputs: train.inputs, labels: train.labels))
      }
    case .prior(let settings): return prior(settings, function: function, workspaces: workspaces)
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

  /// ln P(f); `start` may be the sites of a function that differs in few bits.
  func prior(
    _ settings: PriorSettings, _ function: [UInt8], start: SiteParameters?, workspaces: PriorWorkspaces
  ) throws(FunctionPriorError) -> FunctionPriorEstimate {
    let kernel = kernels.kernel(context.spec, settings)
    let inference = ExpectationPropagation(
      likelihood: settings.likelihood == .heaviside ? .heaviside : .probit)
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

  private func sharpness(
    _ settings: SharpnessSettings, trace: Bool, _ network: FullyConnectedNetwork
  ) throws(FlatnessError) -> SharpnessResult {
    let train = context.split.training
    let estimate = try settings.sharpness(
      of: network, inputs: train.inputs, labels: train.labels, key: context.key, keepsTrace: trace,
      isCancelled: isCancelled)
    return SharpnessResult(estimate, trace: trace)
  }

  private func hessian(
    _ settings: HessianSettings, _ network: FullyConnectedNetwork
  ) throws(FlatnessError) -> HessianResult {
    let train = context.split.training
    let estimate = try HessianSpectrum(top: settings.top).measure(
      of: network, inputs: train.inputs, labels: train.labels, isCancelled: isCancelled)
    return HessianResult(
      spectralNorm: estimate.spectralNorm, topEigenvalues: estimate.topEigenvalues,
      logProduct: estimate.topEigenvalues.count == settings.top ? estimate.logProduct : nil,
      products: estimate.products)
  }
}

extension SharpnessSettings {
  /// The sharpness of a fully connected network on S, by the row's search.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`.
  ///   - labels: 0 or 1, length n.
  ///   - key: of the network; each search splits its own stream off.
  ///   - keepsTrace: whether the ascent keeps the largest loss so far after every step.
  /// - Throws: `FlatnessError`.
  package func sharpness(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8], key: RandomKey,
    keepsTrace: Bool = false, isCancelled: () -> Bool
  ) throws(FlatnessError) -> SharpnessEstimate {
    switch method {
    case .sgd:
      try SharpnessAscent(self).sharpness(
        of: network, inputs: inputs, labels: labels, key: key.split("sharpness"), keepsTrace: keepsTrace,
        isCancelled: isCancelled)
    case .quasiNewton:
      try QuasiNewtonSharpness(box: box).sharpness(
        of: network, inputs: inputs, labels: labels, isCancelled: isCancelled)
    case .corners:
      try CornerSharpness(box: box).sharpness(
        of: network, inputs: inputs, labels: labels, key: key.split("sharpness-corners"),
        isCancelled: isCancelled)
    }
  }
}

extension SharpnessAscent {
  /// The ascent of a row of Table 1.
  init(_ settings: SharpnessSettings) {
    self.init(
      box: settings.box, batchSize: settings.batch, learningRate: settings.learningRate,
      epochs: settings.epochs)
  }
}

extension SharpnessResult {
  /// What the report keeps of an estimate.
  init(_ estimate: SharpnessEstimate, trace: Bool) {
    self.init(
      sharpness: estimate.sharpness, loss: estimate.loss, maximumLoss: estimate.maximumLoss,
      epochs: estimate.epochs, trace: trace ? estimate.trace : nil)
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
