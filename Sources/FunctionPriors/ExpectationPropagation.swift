import LinearAlgebra

/// The log probability ln P(f) = ln ∫ N(u; 0, K) ∏ᵢ p(yᵢ | uᵢ) du of a function, by expectation propagation
/// with parallel updates.
///
/// Rasmussen & Williams (2006), §3.6, with the updates of all sites from one factorisation (van Gerven et al.
/// 2009); 2n³/3 flops a sweep. An approximation: with the step likelihood it is off by about 0.01 nats for a
/// few points, though 0.45 nats were seen for equal labels at points whose correlation is close to 1; it is
/// exact for one point or independent ones.
///
/// Without sites to start from, the first ones come from subsets of the points at little cost; Anderson
/// mixing then speeds up the slow modes that the step likelihood has. Updates are damped when the sweeps do
/// not settle. From ``ExpectationPropagationWorkspace/largeCount`` points on, sites are refined between
/// sweeps (``SiteRefinement``), and the sweeps may start from a ``ReferencePosterior`` of the same kernel.
/// None of these changes the fixed point.
package struct ExpectationPropagation: Sendable, Equatable {
  /// The factor p(y | u) of each point.
  package let likelihood: Likelihood
  /// The distance to the limit of ln P(f), in nats, at which the sweeps end; estimated from the last changes.
  package let tolerance: Double
  /// The number of sweeps after which an estimate is returned as not converged.
  package let maximumSweeps: Int
  /// The factor that updates are scaled by from the first sweep on; smaller ones are taken only when needed.
  package let damping: Double

  private static let smallestDamping = 1.0 / 64
  /// Where an update moves the sites by less than this, in the sense of ``SiteParameters/distance(from:)``,
  /// the next sweep is likely the last, or updates gain as much as a refinement at two thirds of its cost.
  private static let refinedDistance = 0.02

  /// The method with its settings. A `damping` below 1 is for studies of the method: it is lowered by itself
  /// when an update does not work.
  package init(
    likelihood: Likelihood = .heaviside, tolerance: Double = 1e-6, maximumSweeps: Int = 200,
    damping: Double = 1
  ) {
    precondition(tolerance > 0, "expected a positive tolerance, got \(tolerance)")
    precondition(maximumSweeps > 0, "expected at least one sweep, got \(maximumSweeps)")
    precondition(damping > 0 && damping <= 1, "expected a damping factor in (0, 1], got \(damping)")
    self.likelihood = likelihood
    self.tolerance = tolerance
    self.maximumSweeps = maximumSweeps
    self.damping = damping
  }

  /// ln P(f) for the function with outputs `labels` (0 or 1, length n) at the kernel's n points.
  ///
  /// - Parameters:
  ///   - start: sites to start from, such as an earlier estimate's for the same points; nil for none.
  ///   - reference: another function's posterior on the same kernel with the same likelihood, to start
  ///     from where there is no `start`; for workspaces of at least
  ///     ``ExpectationPropagationWorkspace/largeCount`` points.
  ///   - workspace: arrays to work in, to be shared by the functions of one kernel; nil for fresh ones.
  ///   - progress: called after each sweep.
  /// - Throws: ``FunctionPriorError/labelCount(expected:got:)``,
  ///   ``FunctionPriorError/labelOutOfRange(index:label:)``,
  ///   ``FunctionPriorError/unusableStart(expected:precisions:shifts:)`` or
  ///   ``FunctionPriorError/diverged(sweep:likelihood:)``.
  package func logProbability(
    of labels: [UInt8], kernel: CovarianceKernel, start: SiteParameters? = nil,
    reference: ReferencePosterior? = nil, workspace: ExpectationPropagationWorkspace? = nil,
    progress: ((FunctionPriorSweep) -> Void)? = nil
  ) throws(FunctionPriorError) -> FunctionPriorEstimate {
    let n = kernel.count
    guard labels.count == n else { throw .labelCount(expected: n, got: labels.count) }
    if let index = labels.firstIndex(where: { $0 > 1 }) {
      throw .labelOutOfRange(index: index, label: labels[index])
    }
    if let start, !start.isUsable || start.precisions.count != n {
      throw .unusableStart(expected: n, precisions: start.precisions.count, shifts: start.shifts.count)
    }
    let workspace = workspace ?? ExpectationPropagationWorkspace(count: n)
    precondition(workspace.count == n, "expected a workspace for \(n) points, got one for \(workspace.count)")

    let signs = labels.map { $0 == 1 ? 1.0 : -1.0 }
    let reference = start == nil && workspace.isLarge ? reference : nil
    if let reference {
      precondition(
        reference.likelihood == likelihood && reference.signs.count == n,
        "expected a reference of the same likelihood for \(n) points")
    }
    var sites =
      start ?? reference?.sites(for: signs)
      ?? CoarseStart.sites(
        likelihood: likelihood, kernel: kernel.matrix, signs: signs, workspace: workspace)
    var control = SweepControl(tolerance: tolerance, damping: damping)
    var extrapolation = SiteExtrapolation()
    var distance = Double.infinity
    var lastGood: (sites: SiteParameters, update: SiteParameters)?
    var sweep = 0
    while true {
      sweep += 1
      guard
        let logEvidence = workspace.sweep(
          kernel: kernel.matrix, signs: signs, sites: sites, noise: likelihood.noiseVariance,
          points: .all(n),
          keepsInverse: workspace.isLarge && likelihood == .heaviside && control.damping == 1
            && distance > Self.refinedDistance,
          reference: sweep == 1 ? reference : nil)
      else {
        guard let good = lastGood, control.damping > Self.smallestDamping, sweep < maximumSweeps else {
          throw .diverged(sweep: sweep, likelihood: likelihood)
        }
        control.damp()
        extrapolation.reset()
        sites = good.sites.moved(toward: good.update, by: control.damping)
        continue
      }
      control.record(logEvidence)
      progress?(FunctionPriorSweep(sweep: sweep, logProbabilityInNats: logEvidence, change: control.change))
      if control.isConverged || sweep >= maximumSweeps {
        return FunctionPriorEstimate(
          logProbabilityInNats: logEvidence, likelihood: likelihood, n: n, sweeps: sweep,
          lastChange: abs(control.change ?? .infinity), converged: control.isConverged,
          damping: control.damping, dampedSweeps: control.dampedSweeps, sites: sites)
      }
      let update = workspace.proposal
      lastGood = (sites, update)
      distance = update.distance(from: sites)
      if control.isOscillating, control.damping > Self.smallestDamping {
        control.damp()
        extrapolation.reset()
      }
      if control.damping == 1,
        let refined = workspace.refined(sites, signs: signs, noise: likelihood.noiseVariance)
      {
        extrapolation.reset()
        sites = refined
        continue
      }
      var step = update
      if control.damping < 1 {
        control.dampedSweeps += 1
        step = sites.moved(toward: update, by: control.damping)
      }
      if let change = control.change, abs(change) < 0.01 * Double(n) {
        if control.isGrowing { extrapolation.reset() }
        let mixed = extrapolation.next(from: sites, update: step)
        // Where updates had to be damped, a mixed step taken too early leads back to where they failed.
        sites = control.damping == 1 || control.isSettling ? mixed : step
      } else {
        extrapolation.reset()
        sites = step
      }
    }
  }
}
