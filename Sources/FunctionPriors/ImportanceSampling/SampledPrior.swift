import LinearAlgebra
package import RandomStreams
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// ln P(f) by importance sampling, with a standard error: unbiased for P(f), whatever the error of expectation
/// propagation, which only guides the particles.
///
/// Three guides are tried with a few particles each: the sites of expectation propagation, nine tenths of them, whose
/// Gaussian has heavier tails, and none (the simulator of Geweke, Hajivassiliou and Keane, whose weights are bounded, and
/// which does better where the labels are all but equal). The one with the smallest error, among those with a harmless
/// tail, then gives as many fresh particles as the error that is asked for needs. Particles are drawn in chunks, each from
/// a stream of its own: the result depends neither on the number of workers nor on their order.
package struct SampledPrior: Sendable {
  /// The factor p(y | u) of each point.
  package let likelihood: Likelihood
  /// The standard error of ln P(f) that is aimed at, in nats.
  package let targetError: Double
  /// The most particles.
  package let maximumParticles: Int
  /// How many chunks of particles are drawn at once.
  package let workers: Int

  private static let chunk = 256
  private static let pilotChunks = 8
  private static let guidances = [1, 0.9, 0]

  /// A sampler that aims at an error, in so many particles at most.
  package init(
    likelihood: Likelihood = .heaviside, targetError: Double = 0.01, maximumParticles: Int = 1 << 17,
    workers: Int = 1
  ) {
    precondition(
      targetError > 0 && maximumParticles >= Self.chunk && workers > 0,
      "expected an error, particles and workers, got \(targetError), \(maximumParticles), \(workers)")
    self.likelihood = likelihood
    self.targetError = targetError
    self.maximumParticles = maximumParticles
    self.workers = workers
  }

  /// ln P(f) for the function with outputs `labels` (0 or 1, length n) at the kernel's n points.
  ///
  /// Costs 5n³ flops for the guides, and n² flops and n random draws for each particle.
  ///
  /// - Parameters:
  ///   - guide: expectation propagation's estimate of the same function.
  ///   - key: of the particles.
  ///   - isCancelled: asked before each chunk.
  ///   - progress: called from several threads with the share of the particles that are drawn.
  /// - Throws: ``FunctionPriorError/labelCount(expected:got:)``, ``FunctionPriorError/unusableKernel(_:)``,
  ///   ``FunctionPriorError/cancelled``.
  package func logProbability(
    of labels: [UInt8], kernel: CovarianceKernel, guide: FunctionPriorEstimate, key: RandomKey,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(FunctionPriorError) -> SampledPriorEstimate {
    guard labels.count == kernel.count else { throw .labelCount(expected: kernel.count, got: labels.count) }
    let signs = labels.map { $0 == 1 ? 1.0 : -1.0 }
    let root = try GuidedProcess.root(of: kernel.matrix)
    let pilots = try Self.guidances.map { guidance throws(FunctionPriorError) in
      let sites = SiteParameters(count: kernel.count).moved(toward: guide.sites, by: guidance)
      let sweep = ParticleSweep(
        process: try GuidedProcess(root: root, sites: guidance > 0 ? sites : nil), signs: signs,
        noise: likelihood.noiseVariance)
      let weights = try draw(
        sweep, Self.pilotChunks, key: key.split("pilot").split(Int(10 * guidance)), isCancelled: isCancelled)
      return Pilot(
        guidance: guidance, sweep: sweep, error: WeightSummary(weights).standardError,
        isHarmless: ParetoTail(logWeights: weights).isHarmless)
    }
    let harmless = pilots.filter(\.isHarmless)
    guard let best = (harmless.isEmpty ? pilots : harmless).min(by: { $0.error < $1.error }) else {
      preconditionFailure("expected a guide")
    }
    let ratio = best.error / targetError
    let wanted = (Double(Self.pilotChunks) * max(1, ratio * ratio)).rounded(.up)
    let weights = try draw(
      best.sweep, Int(min(wanted, Double(maximumParticles / Self.chunk))), key: key.split("particles"),
      isCancelled: isCancelled, progress: progress)
    let (summary, tail) = (WeightSummary(weights), ParetoTail(logWeights: weights))
    return SampledPriorEstimate(
      logProbabilityInNats: summary.logMean, standardError: summary.standardError, likelihood: likelihood,
      n: kernel.count, particles: weights.count, effectiveSampleSize: summary.effectiveSampleSize,
      tailShape: tail.shape, tailShare: tail.share, guidance: best.guidance,
      isReliable: tail.isHarmless && summary.effectiveSampleSize >= 100)
  }

  /// What a few particles say of a guide.
  private struct Pilot {
    let guidance: Double
    let sweep: ParticleSweep
    let error: Double
    let isHarmless: Bool
  }

  /// The weights of so many chunks, in order.
  private func draw(
    _ sweep: ParticleSweep, _ chunks: Int, key: RandomKey, isCancelled: @escaping @Sendable () -> Bool,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws(FunctionPriorError) -> [Double] {
    let results = Mutex([[Double]](repeating: [], count: chunks))
    let next = Atomic(0)
    let done = Atomic(0)
    ProcessorMeter.concurrently(min(workers, chunks)) { _ in
      while true {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < chunks, !isCancelled() else { return }
        let weights = sweep.logWeights(count: Self.chunk, stream: RandomStream(key.split(number)))
        results.withLock { $0[number] = weights }
        progress(Double(done.add(1, ordering: .relaxed).newValue) / Double(chunks))
      }
    }
    let all = results.withLock { $0 }
    if all.contains(where: \.isEmpty) { throw .cancelled }
    return all.flatMap(\.self)
  }
}

/// Mean and spread of weights that are given by their logarithms.
struct WeightSummary {
  /// ln of the mean weight.
  let logMean: Double
  /// The standard error of the mean relative to it, which is that of its logarithm where it is small.
  let standardError: Double
  /// (Σ w)²/Σ w² (Kong 1992).
  let effectiveSampleSize: Double

  init(_ logWeights: [Double]) {
    let largest = logWeights.max() ?? 0
    let weights = logWeights.map { exp($0 - largest) }
    let n = Double(weights.count)
    let sum = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    logMean = largest + log(sum / n)
    effectiveSampleSize = sum * sum / squares
    standardError = (max(0, n * squares / (sum * sum) - 1) / (n - 1)).squareRoot()
  }
}
