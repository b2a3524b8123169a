import FunctionPriors
import Planning
import Specifications
import Synchronization

/// Priors of so many points that one factorisation takes all cores: computed one at a time, in one set of
/// arrays, whatever the number of runs under way.
///
/// With probit, functions that share a kernel start from the posterior of the true labels of S ∪ E (the
/// reference), computed for the first of them. It depends on kernel, likelihood and data alone, so results
/// depend neither on the order of the runs nor on which of them are stored already.
final class LargePriors: @unchecked Sendable {
  /// The kernel, the likelihood and the labels of a reference.
  private struct Identity: Hashable {
    let dataset: DatasetSpec
    let network: NetworkSpec
    let seed: UInt64
    let settings: PriorSettings
  }
  private let lock = Mutex(())
  // Guarded by `lock`, as are the workspace's arrays.
  private var workspace: ExpectationPropagationWorkspace?
  /// The last references made, and nil for those that did not converge; the oldest first.
  private var references: [(identity: Identity, posterior: ReferencePosterior?)] = []

  /// n² numbers each, half a gigabyte at n = 8000.
  private static let heldReferences = 2

  /// Measured at n = 6000: with probit, a reference leaves two factorisations a function instead of three to
  /// four and the start from subsets; with the step it saves no time.
  private static func startsFromReference(_ likelihood: Likelihood) -> Bool { likelihood == .probit }

  /// The share of a large prior that is done after a number of sweeps: nearly all after the usual two.
  static func share(sweeps: Int) -> Double { Double(sweeps) / Double(sweeps + 2) }

  /// ln P(f) of the function with outputs `labels`.
  ///
  /// - Parameters:
  ///   - start: sites to start from instead of the reference's.
  ///   - progress: called after each sweep.
  func estimate(
    _ inference: ExpectationPropagation, of labels: [UInt8], kernel: CovarianceKernel, start: SiteParameters?,
    settings: PriorSettings, context: RunContext, progress: @escaping (FunctionPriorSweep) -> Void
  ) throws(FunctionPriorError) -> FunctionPriorEstimate {
    let spec = context.spec
    let identity = Identity(
      dataset: spec.dataset, network: spec.network, seed: spec.seed, settings: settings)
    return try lock.withLock { _ throws(FunctionPriorError) in
      let workspace = workspace(count: kernel.count)
      if start == nil, Self.startsFromReference(inference.likelihood),
        !references.contains(where: { $0.identity == identity })
      {
        let trueLabels = context.split.training.labels + context.split.test.labels
        let estimate = try? inference.logProbability(
          of: trueLabels, kernel: kernel, workspace: workspace, progress: progress)
        let posterior = estimate.flatMap {
          ReferencePosterior($0, labels: trueLabels, kernel: kernel, workspace: workspace)
        }
        references = references.suffix(Self.heldReferences - 1) + [(identity, posterior)]
      }
      return try inference.logProbability(
        of: labels, kernel: kernel, start: start,
        reference: references.first { $0.identity == identity }?.posterior, workspace: workspace,
        progress: progress)
    }
  }

  private func workspace(count: Int) -> ExpectationPropagationWorkspace {
    if let workspace, workspace.count == count { return workspace }
    // Freed before the next is made: only one kernel's arrays are held.
    workspace = nil
    let fresh = ExpectationPropagationWorkspace(count: count)
    workspace = fresh
    return fresh
  }
}
