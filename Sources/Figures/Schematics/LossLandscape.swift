import Foundation

/// The made-up loss along one direction of parameter space that ``BasinSchematic`` draws.
///
/// A plateau with one wide well and one narrow one; on the floor of the wide well, one shallow hollow and
/// one narrow dip. Both arguments and values run from 0 to 1.
struct LossLandscape: Sendable {
  /// Below this loss all training inputs are classified correctly.
  let threshold = 0.56
  /// The parameters of the lowest point of the shallow hollow.
  let flatSpot = 0.245
  /// The parameters of the lowest point of the narrow dip.
  let sharpSpot = 0.465
  /// Parameters inside the narrow well.
  let smallBasin = 0.765

  /// The loss at `u`.
  func loss(_ u: Double) -> Double {
    func step(_ centre: Double, _ width: Double) -> Double { 1 / (1 + exp(-(u - centre) / width)) }
    func hill(_ centre: Double, _ width: Double) -> Double {
      exp(-(u - centre) * (u - centre) / (2 * width * width))
    }
    let plateau = 0.87 + 0.035 * sin(2 * .pi * (1.9 * u + 0.1))
    let wideWell = 0.6 * (step(0.085, 0.017) - step(0.595, 0.017))
    let hollow = 0.075 * hill(flatSpot, 0.075)
    let dip = 0.16 * hill(sharpSpot, 0.022)
    let narrowWell = 0.7 * hill(smallBasin, 0.022)
    return plateau - wideWell - hollow - dip - narrowWell
  }

  /// The interval around `u` in which the loss stays below ``threshold``.
  func basin(around u: Double) -> ClosedRange<Double> {
    let step = 0.0005
    var (low, high) = (u, u)
    while low > 0, loss(low - step) < threshold { low -= step }
    while high < 1, loss(high + step) < threshold { high += step }
    return low...high
  }

  /// The lowest point within `reach` of `u`.
  func minimum(near u: Double, reach: Double = 0.03) -> Double {
    stride(from: u - reach, through: u + reach, by: 0.0005).min { loss($0) < loss($1) } ?? u
  }
}
