import Foundation
import ReportDocuments
import Specifications

extension TimelinePanel {
  /// The effect of the rescaling, or of the training past zero error, as rows of the report. Only claims on
  /// timelines have such rows.
  func statistics(for claim: ClaimSpec.Statistic) -> [StatisticRow] {
    switch claim {
    case .rescaling, .rescalingInvariance:
      [
        row(
          .rescalingMove, rescalingMove,
          of: "\(QuantityText.plain(axes.left, drawnLikelihood)) along one training"),
        row(.rescalingFunctionChange, rescalingFunctionChange),
      ]
    case .overtraining:
      [row(.overtrainingFall, overtrainingFall), row(.overtrainingChange, overtrainingChange)]
    case .pearson, .spearman, .spearmanDifference, .spearmanWithin, .pearsonAgreement, .boundedShare,
      .robustness, .differingVerdicts:
      []
    }
  }

  /// The move of what the left axis shows; of a number that it shows as it is, that of its logarithm.
  var rescalingMove: Estimate {
    guard let after = result.rescalingIndex else { return noRescaling }
    return difference(
      axes.left, from: after - 1, to: after,
      by: axes.left.scale == .asIs ? { log10($1 / $0) } : { $1 - $0 })
  }

  private var rescalingFunctionChange: Estimate {
    guard let after = result.rescalingIndex else { return noRescaling }
    let isChanged = result.function[after] != result.function[after - 1]
    return .measured(value: isChanged ? 1 : 0, interval: nil, pValue: nil)
  }

  /// The last point before a rescaling, or the last one of all: reached by training alone.
  private var endOfTraining: Int { (result.rescalingIndex ?? result.epochs.count) - 1 }

  private var overtrainingFall: Estimate {
    guard let zero = zeroErrorIndex else { return Self.noZeroError }
    return difference(.log10Sharpness, from: endOfTraining, to: zero) { $1 - $0 }
  }

  private var overtrainingChange: Estimate {
    guard let changed = result.changedOnTest[endOfTraining] else { return Self.noZeroError }
    return .measured(
      value: Double(changed) / Double(record.spec.dataset.test), interval: nil, pValue: nil)
  }

  private var noRescaling: Estimate {
    .unmeasured(
      reason: settings.rescaling == nil ? "the run has no rescaling" : "the run ended before the rescaling")
  }

  private static let noZeroError = Estimate.unmeasured(reason: "the run did not reach zero error on S")

  /// How far a quantity is at one point from where it was at another.
  private func difference(
    _ quantity: Quantity, from start: Int, to end: Int, by distance: (Double, Double) -> Double
  ) -> Estimate {
    let values = values(quantity)
    guard let one = values[start], let other = values[end] else {
      return .unmeasured(reason: "\(quantity.words) was not measured at both points")
    }
    return Estimate.measured(value: distance(one, other), interval: nil, pValue: nil).finite
  }

  private func row(
    _ name: StatisticName, _ estimate: Estimate, of quantities: String = "along one training"
  ) -> StatisticRow {
    StatisticRow(
      id: identifier(name), panel: spec.id, panelTitle: spec.title, quantities: quantities,
      statistic: name, estimate: estimate, n: 1)
  }
}
