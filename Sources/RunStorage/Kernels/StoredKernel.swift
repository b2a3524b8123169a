package import Planning

/// A Monte-Carlo kernel: the sum over its initialisations.
package struct StoredKernel: Equatable, Sendable {
  /// What it is the kernel of.
  package var identity: MonteCarloKernelIdentity
  /// M.
  package var initialisations: Int
  /// The number of inputs, N.
  package var count: Int
  /// Σₘ ‖Gₘ‖² (``FunctionPriors``' `MonteCarloKernel`).
  package var sumOfSquaredNorms: Double
  /// The lower triangle of Σₘ Gₘ, row after row, N (N + 1)/2 numbers.
  package var triangle: [Double]
  /// How many initialisations were summed from zero, before these sums were added; nil where all were in one sum,
  /// as in earlier versions.
  package var blockSize: Int?
  /// Wall time of the initialisations, in seconds; for estimates only.
  package var seconds: Double

  /// A sum with what it was taken over.
  package init(
    identity: MonteCarloKernelIdentity, initialisations: Int, count: Int, sumOfSquaredNorms: Double,
    triangle: [Double], blockSize: Int?, seconds: Double
  ) {
    precondition(
      triangle.count == count * (count + 1) / 2,
      "expected \(count * (count + 1) / 2) numbers, got \(triangle.count)")
    self.identity = identity
    self.initialisations = initialisations
    self.count = count
    self.sumOfSquaredNorms = sumOfSquaredNorms
    self.triangle = triangle
    self.blockSize = blockSize
    self.seconds = seconds
  }
}
