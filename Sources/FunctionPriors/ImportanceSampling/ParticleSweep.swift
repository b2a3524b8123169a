import LinearAlgebra
import RandomStreams

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Particles that pass through all points, each uᵢ drawn from q(uᵢ | u_<i) times its true factor over its site.
///
/// The product of the normalisers on a particle's way, times q's own, has the mean P(f) exactly, whatever the sites: the
/// simulator of Geweke, Hajivassiliou and Keane (Hajivassiliou & Ruud 1994) where there are none.
struct ParticleSweep {
  let process: GuidedProcess
  /// y = ±1.
  let signs: [Double]
  /// ν of the factor Φ(y u/√ν).
  let noise: Double

  /// Points of one matrix product.
  private static let block = 64

  /// ln of the weights of `count` particles; n² · count flops, and n · count draws.
  func logWeights(count: Int, stream: RandomStream) -> [Double] {
    var stream = stream
    let n = process.count
    var weights = [Double](repeating: process.logNormaliser, count: count)
    // ε of all points, each a row of particles.
    var draws = [Double](repeating: 0, count: n * count)
    var means = [Double](repeating: 0, count: Self.block * count)
    draws.withUnsafeMutableBufferPointer { draws in
      means.withUnsafeMutableBufferPointer { means in
        process.lower.elements.withUnsafeBufferPointer { lower in
          guard let e = draws.baseAddress, let mean = means.baseAddress, let l = lower.baseAddress else {
            return
          }
          for start in stride(from: 0, to: n, by: Self.block) {
            let end = min(start + Self.block, n)
            // The part of the points before the block.
            for k in 0..<(end - start) * count { mean[k] = 0 }
            if start > 0 {
              multiplyAccumulate(
                end - start, count, start, l + start * n, leadingDimension: n, .asStored, e,
                leadingDimension: count, .asStored, into: mean, leadingDimension: count)
            }
            for i in start..<end {
              let row = mean + (i - start) * count
              for j in start..<i {
                let factor = l[i * n + j]
                let earlier = e + j * count
                for p in 0..<count { row[p] += factor * earlier[p] }
              }
              pass(i, means: row, draws: e + i * count, &weights, &stream)
            }
          }
        }
      }
    }
    return weights
  }

  /// Draws uᵢ of all particles, given Σⱼ<ᵢ Lᵢⱼ εⱼ; writes their εᵢ.
  private func pass(
    _ i: Int, means: UnsafePointer<Double>, draws: UnsafeMutablePointer<Double>, _ weights: inout [Double],
    _ stream: inout RandomStream
  ) {
    let conditional = process.conditionals[i]
    let sign = signs[i]
    let variance = 1 / conditional.ownPrecision
    let spread = (variance + noise).squareRoot()
    // Of u given z = u + noise, where there is noise.
    let share = variance / (variance + noise)
    let rest = (variance * noise / (variance + noise)).squareRoot()
    let root = conditional.precision.squareRoot()
    for p in 0..<weights.count {
      let mean = process.means[i] + means[p]
      let own = variance * (mean * conditional.precision - conditional.shift)
      let limit = -sign * own / spread
      weights[p] +=
        conditional.logScale
        + 0.5 * (own * own * conditional.ownPrecision - mean * mean * conditional.precision)
        + NormalTail.logProbability(-limit)
      var u = own + share * sign * spread * stream.nextNormal(above: limit)
      if noise > 0 { u += rest * stream.nextNormal() }
      draws[p] = (u - mean) * root
    }
  }
}

extension RandomStream {
  /// A standard normal number above `limit`, by rejection of normals, or of exponentials (Robert 1995).
  mutating func nextNormal(above limit: Double) -> Double {
    if limit < 0.25 {
      while true {
        let x = nextNormal()
        if x > limit { return x }
      }
    }
    let rate = 0.5 * (limit + (limit * limit + 4).squareRoot())
    while true {
      let x = limit - log(nextUniform()) / rate
      if log(nextUniform()) <= -0.5 * (x - rate) * (x - rate) { return x }
    }
  }
}

extension NormalTail {
  /// log Φ(z) alone.
  static func logProbability(_ z: Double) -> Double {
    z > -30 ? log(0.5 * erfc(-z * 0.5.squareRoot())) : NormalTail(z).logProbability
  }
}
