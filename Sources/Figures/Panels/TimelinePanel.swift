import Foundation
import Planning
import Plotting
import RunStorage
import Specifications

/// Quantities against the epoch along one training.
struct TimelinePanel {
  let figure: String
  let spec: PanelSpec
  let record: RunRecord
  let settings: TimelineSettings
  let result: TimelineResult
  /// 100 (max L − L)/(1 + L) at each point, by the ascent.
  let sharpness: [Double?]?
  /// The Hessian's spectral norm at each point, in nats.
  let spectralNorm: [Double?]?
  /// ln of the product of the Hessian's top eigenvalues at each point.
  let logProduct: [Double?]?
  private let priors: [PriorSettings.Likelihood: [Double?]]

  init(
    figure: String, spec: PanelSpec, record: RunRecord, settings: TimelineSettings, result: TimelineResult
  ) {
    self.figure = figure
    self.spec = spec
    self.record = record
    self.settings = settings
    self.result = result
    var (sharpness, norm, product): ([Double?]?, [Double?]?, [Double?]?)
    var priors: [PriorSettings.Likelihood: [Double?]] = [:]
    for measurement in settings.measurements {
      let identity = measurement.identity
      switch measurement {
      case .sharpness(let settings, _) where settings.method == .sgd: sharpness = result.values[identity]
      case .hessian: (norm, product) = (result.values[identity], result.logProducts[identity])
      case .prior(let settings): priors[settings.likelihood] = result.values[identity]
      default: break
      }
    }
    (self.sharpness, spectralNorm, logProduct) = (sharpness, norm, product)
    self.priors = priors
  }

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
      case .log10QuasiNewtonSharpness, .log10SampledPrior, .lempelZivComplexity: missing
      case .log10SpectralNorm: logarithms(spectralNorm)
      case .spectralFlatness: logarithms(spectralNorm).map { $0.map { -$0 } }
      case .log10EigenvalueProduct: nats(logProduct)
      case .productFlatness: nats(logProduct).map { $0.map { -$0 } }
      }
    return found.map { $0.flatMap { $0.isFinite ? $0 : nil } }
  }

  private var missing: [Double?] { Array(repeating: nil, count: result.epochs.count) }

  /// ln P(f) at each point, in nats.
  func prior(_ likelihood: PriorSettings.Likelihood) -> [Double?]? { priors[likelihood] }

  /// The step where it was measured.
  var drawnLikelihood: PriorSettings.Likelihood { prior(.heaviside) == nil ? .probit : .heaviside }

  /// The index of the point at zero error; nil where there is none.
  var zeroErrorIndex: Int? { result.zeroErrorEpoch.flatMap { result.epochs.firstIndex(of: $0) } }

  /// The identity of one statistic, the same in every report of this figure.
  func identifier(_ statistic: StatisticName) -> String { "fig\(figure).\(spec.id).\(statistic.name)" }
}
