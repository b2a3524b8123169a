import ReportDocuments
import Specifications

extension TimelinePanel {
  /// The effect of the rescaling, or of the training past zero error, as rows of the report. Only claims on
  /// timelines have such rows.
  func statistics(for claim: ClaimSpec.Statistic) -> [StatisticRow] {
    switch claim {
    case .rescaling:
      [row(.rescalingMove, rescalingMove), row(.rescalingFunctionChange, rescalingFunctionChange)]
    case .overtraining:
      [row(.overtrainingFall, overtrainingFall), row(.overtrainingChange, overtrainingChange)]
    case .pearson, .spearman, .spearmanDifference, .robustness, .differingVerdicts: []
    }
  }

  private var rescalingMove: Estimate {
    guard let after = result.rescalingIndex else { return noRescaling }
    return difference(from: after - 1, to: after)
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
    return difference(from: endOfTraining, to: zero)
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

  /// log₁₀ sharpness at one point minus at another.
  private func difference(from start: Int, to end: Int) -> Estimate {
    let values = values(.log10Sharpness)
    guard let one = values[start], let other = values[end] else {
      return .unmeasured(reason: "the sharpness was not measured at both points")
    }
    return .measured(value: other - one, interval: nil, pValue: nil)
  }

  private func row(_ name: StatisticName, _ estimate: Estimate) -> StatisticRow {
    StatisticRow(
      id: identifier(name), panel: spec.id, panelTitle: spec.title, quantities: "along one training",
      statistic: name, estimate: estimate, n: 1)
  }
}
