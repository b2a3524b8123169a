import Foundation
import Planning
import Plotting
import RunStorage

/// Quantities against the epoch along one training.
struct TimelinePanel {
  let figure: String
  let spec: PanelSpec
  let record: RunRecord
  let settings: TimelineSettings
  let result: TimelineResult

  /// The values of a quantity, one a point; nil where it was not measured. A prior's is the drawn
  /// likelihood's.
  func values(_ quantity: Quantity) -> [Double?] {
    func logarithms(_ values: [Double?]?) -> [Double?] { (values ?? missing).map { $0.map { log10($0) } } }
    func nats(_ values: [Double?]?) -> [Double?] { (values ?? missing).map { $0.map { $0 / log(10) } } }
    let found: [Double?] =
      switch quantity {
      case .generalization: result.testAccuracy.map { 100 * $0 }
      case .log10Loss: logarithms(result.lossOnTrain)
      case .log10Prior: nats(prior(drawnLikelihood))
      case .flatness: logarithms(sharpness).map { $0.map { -$0 } }
      case .log10Sharpness: logarithms(sharpness)
      case .log10QuasiNewtonSharpness: missing
      case .log10SpectralNorm: logarithms(spectralNorm)
      case .spectralFlatness: logarithms(spectralNorm).map { $0.map { -$0 } }
      case .log10EigenvalueProduct: nats(logProduct)
      case .productFlatness: nats(logProduct).map { $0.map { -$0 } }
      }
    return found.map { $0.flatMap { $0.isFinite ? $0 : nil } }
  }

  private var missing: [Double?] { Array(repeating: nil, count: result.epochs.count) }

  /// 100 (max L − L)/(1 + L) at each point.
  var sharpness: [Double?]? {
    identity { if case .sharpness(let sharpness, _) = $0 { sharpness.method == .sgd } else { false } }.flatMap
    { result.values[$0] }
  }

  /// The Hessian's spectral norm at each point, in nats.
  var spectralNorm: [Double?]? { hessian.flatMap { result.values[$0] } }

  /// ln of the product of the Hessian's top eigenvalues at each point.
  var logProduct: [Double?]? { hessian.flatMap { result.logProducts[$0] } }

  /// ln P(f) at each point, in nats.
  func prior(_ likelihood: PriorSettings.Likelihood) -> [Double?]? {
    identity { if case .prior(let prior) = $0 { prior.likelihood == likelihood } else { false } }
      .flatMap { result.values[$0] }
  }

  private var hessian: String? { identity { if case .hessian = $0 { true } else { false } } }

  private func identity(_ isWanted: (MeasurementSpec) -> Bool) -> String? {
    settings.measurements.first(where: isWanted)?.identity
  }

  /// The step where it was measured.
  var drawnLikelihood: PriorSettings.Likelihood { prior(.heaviside) == nil ? .probit : .heaviside }

  /// The index of the point at zero error; nil where there is none.
  var zeroErrorIndex: Int? { result.zeroErrorEpoch.flatMap { result.epochs.firstIndex(of: $0) } }

  /// The identity of one statistic, the same in every report of this figure.
  func identifier(_ statistic: StatisticName) -> String { "fig\(figure).\(spec.id).\(statistic.name)" }
}
