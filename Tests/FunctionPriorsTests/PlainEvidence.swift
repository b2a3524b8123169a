import Foundation
import LinearAlgebra
import TestSupport

@testable import FunctionPriors

/// The log evidence by the book's own formulas with dense inverses: Rasmussen & Williams (2006), eqs.
/// 3.53–3.58 and 3.65.
enum PlainEvidence {
  static func logEvidence(
    kernel: Matrix<Double>, signs: [Double], sites: SiteParameters, noise: Double
  ) throws -> Double {
    let n = signs.count
    // K + S̃, S̃ = diag(1/s), and Σ = K − K (K + S̃)⁻¹ K.
    var sum = kernel
    for i in 0..<n { sum[i, i] += 1 / sites.precisions[i] }
    let lower = try Cholesky(sum).lower
    let siteMeans = (0..<n).map { sites.shifts[$0] / sites.precisions[$0] }
    let weights = PlainLinearAlgebra.solve(lower, siteMeans)
    // Eq. 3.65: −½ log |K + S̃| − ½ μ̃ᵀ (K + S̃)⁻¹ μ̃ + Σ [log Φ + ½ log (σ₋² + σ̃²) + (μ₋ − μ̃)²/(2 (σ₋² +
    // σ̃²))].
    var result = -(0..<n).reduce(0) { $0 + log(lower[$1, $1]) }
    result -= 0.5 * zip(siteMeans, weights).reduce(0) { $0 + $1.0 * $1.1 }
    for i in 0..<n {
      let row = Array(kernel.row(i))
      let solved = PlainLinearAlgebra.solve(lower, row)
      let variance = row[i] - zip(row, solved).reduce(0) { $0 + $1.0 * $1.1 }
      let mean = zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 }
      let cavityVariance = 1 / (1 / variance - sites.precisions[i])
      let cavityMean = cavityVariance * (mean / variance - sites.shifts[i])
      let siteVariance = 1 / sites.precisions[i]
      let z = signs[i] * cavityMean / (noise + cavityVariance).squareRoot()
      let difference = cavityMean - siteMeans[i]
      result += log(0.5 * erfc(-z / 2.0.squareRoot())) + 0.5 * log(cavityVariance + siteVariance)
      result += difference * difference / (2 * (cavityVariance + siteVariance))
    }
    return result
  }
}
