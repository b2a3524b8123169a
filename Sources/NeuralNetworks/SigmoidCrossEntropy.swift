#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The sigmoid cross-entropy of one logit z and a label y ∈ {0, 1}: ℓ = log(1 + eᶻ) − y z, in nats.
///
/// Computed as max(z, 0) − y z + log(1 + e^−|z|), which neither overflows nor cancels.
package enum SigmoidCrossEntropy {
  /// The mean over all logits; the sum is kept in Float64.
  package static func mean(logits: UnsafeBufferPointer<Float>, labels: UnsafePointer<Float>) -> Double {
    var sum = 0.0
    for i in 0..<logits.count {
      let z = logits[i]
      sum += Double((z < 0 ? 0 : z) - labels[i] * z + log1pf(expf(-abs(z))))
    }
    return sum / Double(logits.count)
  }

  /// The derivative of the mean times `scale`: scale · (σ(z) − y) / n for each logit, `stride` numbers apart.
  static func gradientOfMean(
    logits: UnsafeBufferPointer<Float>, labels: UnsafePointer<Float>, scale: Float = 1,
    into errors: UnsafeMutablePointer<Float>, stride: Int = 1
  ) {
    let share = scale / Float(logits.count)
    for i in 0..<logits.count {
      let z = logits[i]
      let e = expf(-abs(z))
      let sigmoid = z < 0 ? e / (1 + e) : 1 / (1 + e)
      errors[i * stride] = (sigmoid - labels[i]) * share
    }
  }
}
