import LinearAlgebra

/// The log probability ln P(f) = ln ∫ N(u; 0, K) ∏ᵢ p(yᵢ | uᵢ) du of a function, by expectation propagation
/// with parallel updates.
///
/// Rasmussen & Williams (2006), §3.6, with the updates of all sites from one factorisation (van Gerven et al.
/// 2009); n³ flops a sweep, of which two thirds are in Float32 for fewer points than
/// ``ExpectationPropagationWorkspace/largeCount``. An approximation: with the step likelihood it is off by about 0.01 nats for a
/// few points, though 0.45 nats were seen for equal labels at points whose correlation is close to 1; it is
/// exact for one point or independent ones.
///
/// Without sites to start from, the first ones come from subsets of the points at little cost. Sites are
/// refined between sweeps (``SiteRefinement``), which also tells how far ln P(f) is from its limit. Where that
/// fails, Anderson mixing speeds up the slow modes that the step likelihood has, and updates are damped when
/// the sweeps do not settle. The sweeps may start from a ``ReferencePosterior`` of the same kernel. None of
/// these changes the fixed point.
package struct ExpectationPropagation: Sendable, Equatable {
  /// The factor p(y | u) of each point.
  package let likelihood: Likelihood
  /// The distance to the limit of ln P(f), in nats, at which the sweeps end; estimated.
  package let tolerance: Double
  /// The number of sweeps after which an estimate is returned as not converged.
  package let maximumSweeps: Int
  /// The factor that updates are scaled by from the first sweep on; smaller ones are taken only when needed.
  package let damping: Double

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
    try check(labels, start: start, count: n)
    let workspace = workspace ?? ExpectationPropagationWorkspace(count: n)
    precondition(workspace.count == n, "expected a workspace for \(n) points, got one for \(workspace.count)")
    let signs = labels.map { $0 == 1 ? 1.0 : -1.0 }
    let reference = start == nil && workspace.isLarge ? reference : nil
    if let reference {
      precondition(
        reference.likelihood == likelihood && reference.signs.count == n,
        "expected a reference of the same likelihood for \(n) points")
    }
    let sites =
      start ?? reference?.sites(for: signs)
      ?? CoarseStart.sites(
        likelihood: likelihood, kernel: kernel.matrix, signs: signs, workspace: workspace)
    var iteration = Iteration(sites: sites, control: SweepControl(tolerance: tolerance, damping: damping))
    while true {
      iteration.sweep += 1
      guard
        let logEvidence = workspace.sweep(
          kernel: kernel.matrix, signs: signs, sites: iteration.sites, noise: likelihood.noiseVariance,
          points: .all(n),
          keepsInverse: workspace.isMixed
            ? iteration.control.damping == 1
            : workspace.isLarge && likelihood == .heaviside && iteration.wantsRefinement,
          reference: iteration.sweep == 1 ? reference : nil)
      else {
        guard iteration.sweep < maximumSweeps, iteration.stepBack() else {
          throw .diverged(sweep: iteration.sweep, likelihood: likelihood)
        }
        continue
      }
      let refined =
        iteration.control.damping == 1
        ? workspace.refined(
          iteration.sites, signs: signs, noise: likelihood.noiseVariance, points: .all(n)) : nil
      let gain = refined.flatMap { $0.uncertainty <= tolerance / 2 ? $0.gain : nil }
      iteration.control.record(logEvidence + (gain ?? 0))
      progress?(
        FunctionPriorSweep(
          sweep: iteration.sweep, logProbabilityInNats: logEvidence + (gain ?? 0),
          change: iteration.control.change))
      // The rate of the last changes is what is left to go by where there is no refinement.
      let isConverged = gain != nil || (refined == nil && iteration.control.isConverged)
      if isConverged || iteration.sweep >= maximumSweeps {
        return estimate(
          logEvidence + (gain ?? 0), kernel: kernel, isConverged: isConverged, gain: gain, after: iteration)
      }
      let update = workspace.proposal
      iteration.record(update)
      if iteration.control.damping == 1, let refined {
        iteration.move(toRefined: refined.sites)
      } else {
        iteration.move(by: update)
      }
    }
  }

  private func check(
    _ labels: [UInt8], start: SiteParameters?, count n: Int
  ) throws(FunctionPriorError) {
    guard labels.count == n else { throw .labelCount(expected: n, got: labels.count) }
    if let index = labels.firstIndex(where: { $0 > 1 }) {
      throw .labelOutOfRange(index: index, label: labels[index])
    }
    if let start, !start.isUsable || start.precisions.count != n {
      throw .unusableStart(expected: n, precisions: start.precisions.count, shifts: start.shifts.count)
    }
  }

  /// The estimate from the last sweep. `gain` is what its refinement added, if any.
  private func estimate(
    _ logProbability: Double, kernel: CovarianceKernel, isConverged: Bool, gain: Double?,
    after iteration: Iteration
  ) -> FunctionPriorEstimate {
    let control = iteration.control
    let rounding =
      0x1p-52
      * iteration.sites.precisions.enumerated().reduce(0) {
        max($0, $1.element * kernel.matrix[$1.offset, $1.offset])
      }
    return FunctionPriorEstimate(
      logProbabilityInNats: logProbability, likelihood: likelihood, n: iteration.sites.precisions.count,
      sweeps: iteration.sweep, lastChange: abs(control.change ?? gain ?? .infinity),
      converged: isConverged && rounding <= tolerance,
      rounding: rounding, damping: control.damping, dampedSweeps: control.dampedSweeps, sites: iteration.sites
    )
  }
}

/// How far the sweeps have come: their sites, and the step from those of one sweep to those of the next.
private struct Iteration {
  /// The sites of the next sweep.
  private(set) var sites: SiteParameters
  var control: SweepControl
  /// The sweep's number, from 1.
  var sweep = 0
  private var extrapolation = SiteExtrapolation()
  /// How far the last update moved the sites (``SiteParameters/distance(from:)``).
  private var distance = Double.infinity
  /// The sites of the last sweep that worked, and the update that it proposed.
  private var last: (sites: SiteParameters, update: SiteParameters)?

  private static let smallestDamping = 1.0 / 64
  /// Where an update moves the sites by less than this, in the sense of ``SiteParameters/distance(from:)``,
  /// the next sweep is likely the last, or updates gain as much as a refinement at two thirds of its cost.
  private static let refinedDistance = 0.02

  init(sites: SiteParameters, control: SweepControl) {
    self.sites = sites
    self.control = control
  }

  /// Whether a refinement after the next sweep would gain something.
  var wantsRefinement: Bool { control.damping == 1 && distance > Self.refinedDistance }

  /// Goes back to the sites of the last sweep that worked, and from there a smaller part of its update; false
  /// where there was none, or the parts are as small as they may be.
  mutating func stepBack() -> Bool {
    guard let last, control.damping > Self.smallestDamping else { return false }
    control.damp()
    extrapolation.reset()
    sites = last.sites.moved(toward: last.update, by: control.damping)
    return true
  }

  /// Keeps the update that a sweep proposed, and damps where the sweeps do not settle.
  mutating func record(_ update: SiteParameters) {
    last = (sites, update)
    distance = update.distance(from: sites)
    if control.isOscillating, control.damping > Self.smallestDamping {
      control.damp()
      extrapolation.reset()
    }
  }

  /// Moves to the sites of a refinement, of which the updates before say nothing.
  mutating func move(toRefined refined: SiteParameters) {
    extrapolation.reset()
    sites = refined
  }

  /// Moves by the part of `update` that the damping leaves, extrapolated where the evidence changes so little
  /// that the last updates say something about the next ones.
  mutating func move(by update: SiteParameters) {
    var step = update
    if control.damping < 1 {
      control.dampedSweeps += 1
      step = sites.moved(toward: update, by: control.damping)
    }
    guard let change = control.change, abs(change) < 0.01 * Double(sites.precisions.count) else {
      extrapolation.reset()
      sites = step
      return
    }
    if control.isGrowing { extrapolation.reset() }
    let mixed = extrapolation.next(from: sites, update: step)
    // Where updates had to be damped, a mixed step taken too early leads back to where they failed.
    sites = control.damping == 1 || control.isSettling ? mixed : step
  }
}
