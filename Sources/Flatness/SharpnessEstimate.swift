/// The sharpness of one network, and the losses it was computed from.
package struct SharpnessEstimate: Sendable, Equatable {
  /// L(w): the mean cross-entropy on S at the centre of the box, in nats.
  package let loss: Double
  /// max L(w') over the box, as far as the search found it, in nats.
  package let maximumLoss: Double
  /// The epochs of the ascent.
  package let epochs: Int
  /// The largest loss found so far: at the centre, then after each step. Empty unless asked for.
  package let trace: [Double]

  /// 100 (max L − L) / (1 + L), Keskar et al. (2016), metric 2.1 with A = I; never negative.
  package var sharpness: Double { 100 * (maximumLoss - loss) / (1 + loss) }
}
