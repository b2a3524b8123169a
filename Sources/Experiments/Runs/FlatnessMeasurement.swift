package import Flatness
package import LinearAlgebra
package import NeuralNetworks
package import RandomStreams
package import Specifications

extension Measure {
  /// The measure of a fully connected network on S; it is not a prior.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`.
  ///   - labels: 0 or 1, length n.
  ///   - key: of the network; each measure splits its own stream off.
  /// - Throws: `FlatnessError`.
  package func flatness(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8], key: RandomKey,
    isCancelled: () -> Bool
  ) throws(FlatnessError) -> MeasurementResult {
    switch self {
    case .sharpness(let settings, let trace):
      let estimate = try settings.sharpness(
        of: network, inputs: inputs, labels: labels, key: key, keepsTrace: trace, isCancelled: isCancelled)
      return .sharpness(SharpnessResult(estimate, trace: trace))
    case .hessian(let settings):
      let estimate = try HessianSpectrum(top: settings.top).measure(
        of: network, inputs: inputs, labels: labels, isCancelled: isCancelled)
      return .hessian(
        HessianResult(
          spectralNorm: estimate.spectralNorm, topEigenvalues: estimate.topEigenvalues,
          logProduct: estimate.topEigenvalues.count == settings.top ? estimate.logProduct : nil,
          products: estimate.products))
    case .hessianTrace:
      return .scalar(kind, try HessianTrace.measure(of: network, inputs: inputs, labels: labels))
    case .tabled(let measure):
      switch measure.kind {
      case .relativeFlatness:
        return .scalar(kind, try RelativeFlatness.measure(of: network, inputs: inputs, labels: labels))
      case .fisherRaoNorm:
        return .scalar(kind, try FisherRaoNorm.measure(of: network, inputs: inputs, labels: labels))
      case .pathNorm: return .scalar(kind, try NetworkNorms.pathNorm(of: network))
      default:
        return try measure.result(
          of: FullyConnectedProblem(network, inputs: inputs, labels: labels), key: key,
          isCancelled: isCancelled)
      }
    case .prior, .sampledPrior, .marginalLikelihood:
      preconditionFailure("expected a measure of flatness, got \(name)")
    }
  }
}

extension TabledMeasure {
  /// A measure that needs losses, gradients and logits alone, of a network of either kind.
  ///
  /// - Parameter key: of the network; each measure splits its own stream off.
  /// - Throws: `FlatnessError`.
  func result(
    of problem: any MeasuredProblem, key: RandomKey, isCancelled: () -> Bool
  ) throws(FlatnessError) -> MeasurementResult {
    let value: Double
    switch kind {
    case .samSharpness, .adaptiveSAMSharpness:
      value = try GradientStepSharpness(radius: self[.radius], offset: constants[.offset]).measure(
        of: problem)
    case .adaptiveWorstSharpness:
      value = try AdaptiveWorstSharpness(
        radius: self[.radius], steps: count(.steps), firstStep: self[.firstStep], momentum: self[.momentum]
      ).measure(of: problem, isCancelled: isCancelled)
    case .adaptiveAverageSharpness:
      let estimate = try AdaptiveAverageSharpness(radius: self[.radius], draws: count(.draws)).measure(
        of: problem, key: key.split("adaptive-average"), isCancelled: isCancelled)
      return .estimate(kind, estimate.value, standardError: estimate.standardError)
    case .pacBayesFlatness, .magnitudeAwarePACBayesFlatness:
      value = try NoiseFlatness(
        drop: self[.drop], tolerance: self[.tolerance], largestDeviation: self[.largestDeviation],
        steps: count(.steps), draws: count(.draws), offset: constants[.offset]
      ).measure(of: problem, key: key.split("pac-bayes"), isCancelled: isCancelled)
    case .weightNorm: value = try NetworkNorms.weightNorm(of: problem)
    case .margin: value = try NetworkNorms.margin(of: problem, quantile: self[.quantile])
    case .relativeFlatness, .fisherRaoNorm, .pathNorm, .sharpness, .prior, .sampledPrior,
      .marginalLikelihood, .hessian, .hessianTrace:
      preconditionFailure("expected a measure by losses, gradients and logits, got \(kind.rawValue)")
    }
    return .scalar(kind, value)
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
