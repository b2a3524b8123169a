import Datasets
package import FunctionPriors
import LinearAlgebra
import RandomStreams

/// log P(f) of a function of the user's own, by expectation propagation, and by sampling that this guides.
package struct PriorJob: Sendable {
  /// Where the covariance of the logits comes from.
  package enum Covariance: Sendable {
    /// A `.npy` file of the kernel, `[n, n]`.
    case kernel(path: String)
    /// A `.npy` file of inputs, `[n, d]`, and the fully connected network whose kernel is computed on them.
    case inputs(path: String, network: NNGPKernel)
  }
  /// A sweep of expectation propagation that has ended.
  package struct Sweep: Sendable {
    package let number: Int
    package let logProbabilityInNats: Double
    /// From the sweep before; nil for the first.
    package let change: Double?
    /// Since the first one began.
    package let elapsed: Duration
  }
  /// Which function it is.
  private enum Function {
    /// A `.npy` file of its outputs, `[n]`, of 0/1 or −1/+1.
    case labels(path: String)
    /// What a network does on the inputs.
    case network(NetworkOnInputs)
  }
  private let covariance: Covariance
  private let function: Function
  private let likelihood: Likelihood
  private let jitter: Double

  /// The prior of a function by its outputs.
  ///
  /// - Parameters:
  ///   - labels: a `.npy` file, `[n]`, of 0/1 or −1/+1.
  ///   - jitter: added to the kernel's diagonal.
  package init(_ covariance: Covariance, labels: String, likelihood: Likelihood, jitter: Double) {
    self.covariance = covariance
    function = .labels(path: labels)
    self.likelihood = likelihood
    self.jitter = jitter
  }

  /// The prior of what a network does on some inputs, under random networks as deep as it is.
  ///
  /// - Parameters:
  ///   - weights: a `.safetensors` file of a fully connected ReLU network with one logit.
  ///   - inputs: a `.npy` file, `[n, d]`, taken unscaled.
  ///   - weightVariance: σ_w² of the random networks.
  ///   - biasVariance: their σ_b².
  ///   - jitter: added to the kernel's diagonal.
  /// - Throws: `SafetensorsError` or `NumpyArrayError` for a file that cannot be used.
  package init(
    weights: String, inputs: String, weightVariance: Double, biasVariance: Double, likelihood: Likelihood,
    jitter: Double
  ) throws {
    let loaded = try NetworkOnInputs(weights: weights, inputs: inputs)
    covariance = .inputs(
      path: inputs,
      network: NNGPKernel(
        hiddenLayers: loaded.network.shape.layerCount - 1, weightVariance: weightVariance,
        biasVariance: biasVariance))
    function = .network(loaded)
    self.likelihood = likelihood
    self.jitter = jitter
  }

  /// The random networks whose kernel is computed; nil where the kernel is the user's.
  package var process: NNGPKernel? {
    if case .inputs(_, let network) = covariance { network } else { nil }
  }

  /// Computes it.
  ///
  /// - Parameter tell: called after each sweep where n is so large that sweeps take long.
  /// - Throws: `NumpyArrayError` for a file that cannot be used, `FunctionPriorError` or `LinearAlgebraError`
  ///   for a kernel that cannot.
  package func execute(
    tell: @escaping (Sweep) -> Void = { _ in }
  ) throws -> FunctionPriorEstimate {
    let (outputs, kernel) = try outputsAndKernel()
    return try propagate(outputs, kernel, tell)
  }

  /// Computes it by sampling as well, with a standard error.
  ///
  /// - Parameters:
  ///   - targetError: the standard error that is aimed at, in nats.
  ///   - seed: of the particles.
  ///   - progress: called with the share of the particles that are drawn.
  /// - Throws: as ``execute(tell:)``.
  package func sample(
    targetError: Double, seed: UInt64, isCancelled: @escaping @Sendable () -> Bool,
    tell: @escaping (Sweep) -> Void = { _ in }, progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws -> (FunctionPriorEstimate, sampled: SampledPriorEstimate) {
    let (outputs, kernel) = try outputsAndKernel()
    let guide = try propagate(outputs, kernel, tell)
    return (
      guide,
      try SampledPrior(likelihood: likelihood, targetError: targetError, workers: Machine.cores)
        .logProbability(
          of: outputs, kernel: kernel, guide: guide, key: RandomKey(seed: seed).split("prior-sampled"),
          isCancelled: isCancelled, progress: progress)
    )
  }

  private func outputsAndKernel() throws -> (outputs: [UInt8], kernel: CovarianceKernel) {
    // As in the runs of a report: one thread, so that the order of sums does not depend on the machine.
    BLASRuntime.threadCount = 1
    let outputs =
      switch function {
      case .labels(let path): try NumpyArray(path: path).labels(path: path)
      case .network(let network): try network.outputs()
      }
    let kernel = try CovarianceKernel(
      matrix(), jitter: jitter, forProbitAlone: likelihood == .probit)
    if case .labels(let path) = function, kernel.count != outputs.count {
      throw NumpyArrayError.wrongShape(
        path: path, expected: "[\(kernel.count)], one for each row of \(rows)", got: [outputs.count])
    }
    return (outputs, kernel)
  }

  private var rows: String {
    switch covariance {
    case .kernel(let path): path
    case .inputs(let path, _): "\(path), which is [n, d]"
    }
  }

  private func propagate(
    _ outputs: [UInt8], _ kernel: CovarianceKernel, _ tell: @escaping (Sweep) -> Void
  ) throws -> FunctionPriorEstimate {
    let start = ContinuousClock.now
    return try ExpectationPropagation(likelihood: likelihood).logProbability(of: outputs, kernel: kernel) {
      guard kernel.count >= ExpectationPropagationWorkspace.largeCount else { return }
      tell(
        Sweep(
          number: $0.sweep, logProbabilityInNats: $0.logProbabilityInNats, change: $0.change,
          elapsed: start.duration(to: .now)))
    }
  }

  private func matrix() throws -> Matrix<Double> {
    switch covariance {
    case .kernel(let path):
      let array = try NumpyArray(path: path)
      guard array.shape.count == 2, array.shape[0] == array.shape[1] else {
        throw NumpyArrayError.wrongShape(path: path, expected: "[n, n]", got: array.shape)
      }
      return try array.inputs(path: path)
    case .inputs(let path, let network):
      return network.matrix(try NumpyArray(path: path).inputs(path: path))
    }
  }
}

/// What `plateau prior --sampled --json` prints.
package struct SampledPriorAnswer: Encodable, Sendable {
  package let logProbabilityInNats: Double
  package let standardError: Double
  package let log10Probability: Double
  package let likelihood: String
  package let n: Int
  package let particles: Int
  package let effectiveSampleSize: Double
  /// Absent where the weights have no tail.
  package let tailShape: Double?
  package let tailShare: Double
  package let reliable: Bool
  /// What of expectation propagation's sites guided the particles: 1 all, 0 none.
  package let guidance: Double
  package let expectationPropagation: PriorAnswer

  package init(_ estimate: SampledPriorEstimate, guide: FunctionPriorEstimate) {
    logProbabilityInNats = estimate.logProbabilityInNats
    standardError = estimate.standardError
    log10Probability = estimate.log10Probability
    likelihood = estimate.likelihood.rawValue
    n = estimate.n
    particles = estimate.particles
    effectiveSampleSize = estimate.effectiveSampleSize
    tailShape = estimate.tailShape.isFinite ? estimate.tailShape : nil
    reliable = estimate.isReliable
    tailShare = estimate.tailShare
    guidance = estimate.guidance
    expectationPropagation = PriorAnswer(guide, likelihood: estimate.likelihood)
  }
}

/// What `plateau prior --json` prints.
package struct PriorAnswer: Encodable, Sendable {
  package let logProbabilityInNats: Double
  package let log10Probability: Double
  package let likelihood: String
  package let n: Int
  package let sweeps: Int
  package let converged: Bool

  package init(_ estimate: FunctionPriorEstimate, likelihood: Likelihood) {
    logProbabilityInNats = estimate.logProbabilityInNats
    log10Probability = estimate.log10Probability
    self.likelihood = likelihood.rawValue
    n = estimate.n
    sweeps = estimate.sweeps
    converged = estimate.converged
  }
}
