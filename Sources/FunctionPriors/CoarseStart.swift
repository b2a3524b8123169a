import LinearAlgebra

/// Sites to start from, found on subsets of the points: 8 subsets of every eighth point, then 4, then 2. Each
/// subset is treated as if the other points did not exist.
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
    let meanVariance = (0..<n).reduce(0) { $0 + kernel[$1, $1] } / Double(max(n, 1))
    for level in levels(likelihood) {
      for relativeNoise in level.relativeNoises {
        let noise = likelihood.noiseVariance + relativeNoise * meanVariance
        for offset in 0..<min(level.subsets, n) {
          let points = StridedPoints(offset: offset, stride: level.subsets, total: n)
          let evidence = workspace.sweep(
            kernel: kernel, signs: signs, sites: sites, noise: noise, points: points)
          if evidence == nil { return sites }
        }
        sites = workspace.proposal
      }
    }
    return sites
  }

  /// One entry of `relativeNoises` per sweep: noise beyond the likelihood's own, in units of the mean prior
  /// variance. The step's first two sweeps are softened so that their sites stay moderate. The numbers of
  /// sweeps are those that took the least time on kernels of 1500 images.
  private static func levels(_ likelihood: Likelihood) -> [(subsets: Int, relativeNoises: [Double])] {
    switch likelihood {
    case .probit: [(8, [0, 0, 0]), (4, [0]), (2, [0])]
    case .heaviside: [(8, [0.3, 0.03, 0, 0, 0, 0]), (4, [0, 0, 0]), (2, [0, 0])]
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
