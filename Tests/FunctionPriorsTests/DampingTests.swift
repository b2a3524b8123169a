import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import FunctionPriors

/// Functions for which the plain parallel update jumps to and fro for ever: equal labels on a kernel with one
/// dominant direction.
struct DampingTests {
  /// The estimates of equal labels by plain and by refined sweeps.
  private func estimates(_ kernel: Matrix<Double>) throws -> (
    plain: FunctionPriorEstimate, refined: FunctionPriorEstimate
  ) {
    let n = kernel.rows
    let checked = try CovarianceKernel(kernel)
    func estimate(isRefined: Bool) throws -> FunctionPriorEstimate {
      try ExpectationPropagation().logProbability(
        of: Array(repeating: 1, count: n), kernel: checked,
        workspace: ExpectationPropagationWorkspace(count: n, largeFrom: .max, isRefined: isRefined))
    }
    return (try estimate(isRefined: false), try estimate(isRefined: true))
  }

  @Test("one label on K = 11ᵀ + 0.01·I settles, at the value of damped expectation propagation of one site")
  func equicorrelated() throws {
    let n = 200
    var kernel = Matrix<Double>(rows: n, columns: n, repeating: 1)
    for i in 0..<n { kernel[i, i] += 0.01 }
    let (plain, refined) = try estimates(kernel)
    #expect(plain.converged && plain.dampedSweeps > 0 && plain.sweeps < 100)
    #expect(refined.converged && refined.sweeps < 100)
    let expected = equalSites(count: Double(n), noise: 0.01)
    // Plain sweeps end within about 1e-6 nats of the limit.
    #expect(abs(plain.logProbabilityInNats - expected) < 1e-5)
    #expect(abs(refined.logProbabilityInNats - expected) < 1e-6)
  }

  @Test("one label on images that resemble each other settles, at the value of sequential updates")
  func imagesOfOneLabel() throws {
    let n = 60
    var stream = RandomStream(RandomKey(seed: 77))
    let prototypes = (0..<10).map { _ in (0..<784).map { _ in max(0, 0.3 * stream.nextNormal()) } }
    var pixels: [Double] = []
    for _ in 0..<n {
      let prototype = prototypes[stream.nextInteger(below: 10)]
      pixels += prototype.map { max(0, $0 + 0.15 * stream.nextNormal()) }
    }
    let kernel = NNGPKernel().matrix(Matrix(rows: n, columns: 784, elements: pixels))
    let (plain, refined) = try estimates(kernel)
    #expect(plain.converged && plain.dampedSweeps > 0 && plain.sweeps < 100)
    #expect(refined.converged && refined.sweeps < 100)
    let sites = sequentialSites(kernel: kernel, passes: 60)
    let expected = try PlainEvidence.logEvidence(
      kernel: kernel, signs: Array(repeating: 1, count: n), sites: sites, noise: 0)
    #expect(abs(plain.logProbabilityInNats - expected) < 1e-5)
    #expect(abs(refined.logProbabilityInNats - expected) < 1e-6)
  }

  /// The log evidence for the step, equal labels and K = 11ᵀ + noise·I, where all sites are equal, so that
  /// the vector 1 is an eigenvector of the posterior; 20 000 updates, each scaled by 1/20.
  private func equalSites(count n: Double, noise: Double) -> Double {
    var (precision, shift, logEvidence) = (1.0, 0.1, 0.0)
    for _ in 0..<20_000 {
      let common = (n + noise) / (1 + precision * (n + noise))
      let own = noise / (1 + precision * noise)
      let (variance, mean) = (common / n + own * (1 - 1 / n), common * shift)
      let b = 1 - precision * variance
      let cavityVariance = variance / b
      let cavityMean = (mean / variance - shift) * cavityVariance
      let moments = tilted(cavityMean, cavityVariance)
      let logDeterminant = log(1 + precision * (n + noise)) + (n - 1) * log(1 + precision * noise)
      logEvidence =
        n * (moments.logMass - 0.5 * log(b) - 0.5 * (shift - precision * mean) * cavityMean)
        - 0.5 * logDeterminant
      precision += 0.05 * (1 / moments.variance - 1 / cavityVariance - precision)
      shift += 0.05 * (moments.mean / moments.variance - cavityMean / cavityVariance - shift)
    }
    return logEvidence
  }

  /// The sites for the step and labels 1, one updated after the other: Rasmussen & Williams (2006), algorithm
  /// 3.5, by updates of rank one.
  private func sequentialSites(kernel: Matrix<Double>, passes: Int) -> SiteParameters {
    let n = kernel.rows
    var sites = SiteParameters(count: n)
    var covariance = kernel
    for _ in 0..<passes {
      for i in 0..<n {
        let row = Array(covariance.row(i))
        let mean = zip(row, sites.shifts).reduce(0) { $0 + $1.0 * $1.1 }
        let cavityVariance = 1 / (1 / row[i] - sites.precisions[i])
        let cavityMean = cavityVariance * (mean / row[i] - sites.shifts[i])
        let moments = tilted(cavityMean, cavityVariance)
        let change = 1 / moments.variance - 1 / cavityVariance - sites.precisions[i]
        sites.precisions[i] += change
        sites.shifts[i] = moments.mean / moments.variance - cavityMean / cavityVariance
        let factor = change / (1 + change * row[i])
        for j in 0..<n { for k in 0..<n { covariance[j, k] -= factor * row[j] * row[k] } }
      }
    }
    return sites
  }

  /// log mass, mean and variance of N(mean, variance) cut off below 0.
  private func tilted(_ mean: Double, _ variance: Double) -> (logMass: Double, mean: Double, variance: Double)
  {
    let z = mean / variance.squareRoot()
    let mass = 0.5 * erfc(-z / 2.0.squareRoot())
    let ratio = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() / mass
    return (log(mass), mean + variance.squareRoot() * ratio, variance * (1 - ratio * (z + ratio)))
  }
}
