import LinearAlgebra

/// The posterior of one function on a kernel, for other functions on the same points to start from.
///
/// A flip of a label y is undone by u → −u at its point. So, were the points independent, the sites of any
/// function would be the reference's with the shift's sign flipped where its labels differ; B = I + S^½ K
/// S^½, which holds the precisions alone, would be the same. That makes a start whose first sweep costs n²
/// flops instead of n³, since B⁻¹ is known, and which a refinement (``SiteRefinement``) then improves.
///
/// It depends on kernel, likelihood and its own function alone. So an estimate that starts from it does not
/// depend on the estimates made before.
package final class ReferencePosterior: @unchecked Sendable {
  /// The likelihood that the sites belong to.
  package let likelihood: Likelihood
  /// y = ±1 of the reference's own function.
  let signs: [Double]
  private let own: SiteParameters
  private let storage: UnsafeMutablePointer<Double>
  /// ½ log det B.
  let halfLogDeterminant: Double

  /// B⁻¹, row-major `[n, n]`, in the lower triangle.
  var inverse: UnsafePointer<Double> { UnsafePointer(storage) }

  /// The posterior at the sites of an estimate for `labels`; n³ flops and n² numbers. Nil where the estimate
  /// has not converged or the workspace is for fewer than ``ExpectationPropagationWorkspace/largeCount``
  /// points.
  package init?(
    _ estimate: FunctionPriorEstimate, labels: [UInt8], kernel: CovarianceKernel,
    workspace: ExpectationPropagationWorkspace
  ) {
    let n = kernel.count
    precondition(
      labels.count == n && estimate.n == n && workspace.count == n, "expected \(n) points everywhere")
    likelihood = estimate.likelihood
    signs = labels.map { $0 == 1 ? 1 : -1 }
    own = estimate.sites
    storage = .allocate(capacity: max(1, n * n))
    let halfLogDeterminant =
      estimate.converged ? workspace.copyInverse(to: storage, kernel: kernel.matrix, sites: own) : nil
    self.halfLogDeterminant = halfLogDeterminant ?? 0
    if halfLogDeterminant == nil { return nil }
  }

  deinit { storage.deallocate() }

  /// The reference's sites with the shifts that belong to labels of `signs`.
  func sites(for signs: [Double]) -> SiteParameters {
    SiteParameters(
      precisions: own.precisions,
      shifts: own.shifts.indices.map { own.shifts[$0] * signs[$0] * self.signs[$0] })
  }
}
