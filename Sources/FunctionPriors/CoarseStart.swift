import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sites to start from, found on subsets of the points: 8 subsets of every eighth point, then fewer and larger
/// ones. Each subset is treated as if the other points did not exist.
///
/// A parallel sweep from empty sites overshoots, because every site is fitted as if it were the only one:
/// with n = 1500 the step's first posterior has a log evidence 1200 nats too low. A sweep over m subsets
/// costs 1/m² of a full one, and leaves a start from which the full sweeps are already in their fast final
/// phase. The fixed point is the same.
enum CoarseStart {
  /// The sites. If a sweep leaves the range of numbers, those of the last level that worked.
  static func sites(
    likelihood: Likelihood, kernel: Matrix<Double>, signs: [Double],
    workspace: ExpectationPropagationWorkspace
  ) -> SiteParameters {
    let n = kernel.rows
    var sites = SiteParameters(count: n)
    var coarser: (sites: SiteParameters, subsets: Int)?
    var finer: (sites: SiteParameters, subsets: Int)?
    let meanVariance = (0..<n).reduce(0) { $0 + kernel[$1, $1] } / Double(max(n, 1))
    let levels = workspace.isMixed ? refinedLevels(likelihood) : plainLevels(likelihood)
    for level in levels {
      for (number, relativeNoise) in level.relativeNoises.enumerated() {
        let noise = likelihood.noiseVariance + relativeNoise * meanVariance
        let isRefined = workspace.isMixed && number == level.relativeNoises.count - 1
        var next = sites
        for offset in 0..<min(level.subsets, n) {
          let points = StridedPoints(offset: offset, stride: level.subsets, total: n)
          let evidence = workspace.sweep(
            kernel: kernel, signs: signs, sites: sites, noise: noise, points: points, keepsInverse: isRefined)
          if evidence == nil { return sites }
          let refined =
            isRefined ? workspace.refined(sites, signs: signs, noise: noise, points: points)?.sites : nil
          for i in 0..<points.count {
            let point = points[i]
            next.precisions[point] = refined?.precisions[i] ?? workspace.proposal.precisions[point]
            next.shifts[point] = refined?.shifts[i] ?? workspace.proposal.shifts[point]
          }
        }
        sites = next
      }
      (coarser, finer) = (finer, (sites, level.subsets))
    }
    guard workspace.isMixed, let coarser, let finer else { return sites }
    return extrapolated(coarser, finer)
  }

  /// The sites of all points from those of two levels of subsets. With twice as many points the posterior
  /// narrows, and sites grow with it, by about the same factor at every doubling: all precisions are scaled
  /// by its geometric mean over the points, and the shifts by its root.
  private static func extrapolated(
    _ coarser: (sites: SiteParameters, subsets: Int), _ finer: (sites: SiteParameters, subsets: Int)
  ) -> SiteParameters {
    let (before, after) = (coarser.sites.precisions, finer.sites.precisions)
    let growth = zip(before, after).reduce(0) { $0 + log($1.1 / $1.0) } / Double(max(before.count, 1))
    let doublings = log(Double(finer.subsets)) / log(Double(coarser.subsets) / Double(finer.subsets))
    let factor = exp(growth * doublings)
    guard factor > 0, factor.isFinite else { return finer.sites }
    return SiteParameters(
      precisions: after.map { $0 * factor }, shifts: finer.sites.shifts.map { $0 * factor.squareRoot() })
  }

  /// One entry of `relativeNoises` per sweep: noise beyond the likelihood's own, in units of the mean prior
  /// variance. The step's first two sweeps are softened so that their sites stay moderate. The numbers of
  /// sweeps are those that took the least time on kernels of 1500 images.
  private static func plainLevels(_ likelihood: Likelihood) -> [(subsets: Int, relativeNoises: [Double])] {
    switch likelihood {
    case .probit: [(8, [0, 0, 0]), (4, [0]), (2, [0])]
    case .heaviside: [(8, [0.3, 0.03, 0, 0, 0, 0]), (4, [0, 0, 0]), (2, [0, 0])]
    }
  }

  /// The same where the last sweep of each level is refined.
  private static func refinedLevels(_ likelihood: Likelihood) -> [(subsets: Int, relativeNoises: [Double])] {
    switch likelihood {
    case .probit: [(8, [0, 0]), (4, [0])]
    case .heaviside: [(8, [0.3, 0, 0]), (2, [0])]
    }
  }
}

/// Every `stride`-th of `total` points from `offset` on: all of them, or an evenly spread subset.
struct StridedPoints {
  let offset: Int
  let stride: Int
  let total: Int

  static func all(_ total: Int) -> StridedPoints { StridedPoints(offset: 0, stride: 1, total: total) }

  /// The number of points chosen.
  var count: Int { max(0, (total - offset + stride - 1) / stride) }

  /// The index of the chosen point number `position` among all points.
  subscript(position: Int) -> Int { offset + position * stride }
}
